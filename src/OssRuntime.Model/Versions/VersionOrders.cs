using System.Collections.Frozen;
using System.Collections.Immutable;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions.Apk;
using OssRuntime.Model.Versions.Deb;
using OssRuntime.Model.Versions.Npm;
using OssRuntime.Model.Versions.PyPI;
using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions;

/// <summary>Every order that there is, and which ecosystem has which.</summary>
public static class VersionOrders
{
    /// <summary>Semantic Versioning 2.0.0, with a <c>v</c> before it and missing numbers let pass: for ranges that say no more than SEMVER.</summary>
    public static readonly IVersionOrder SemVer = new SemVerOrder("semver", SemVerLeniency.Prefix | SemVerLeniency.MissingNumbers);

    private static readonly IVersionOrder Deb = new DebOrder();
    private static readonly IVersionOrder Apk = new ApkOrder();
    private static readonly IVersionOrder Npm = new NpmOrder();
    private static readonly IVersionOrder Pep440 = new Pep440Order();

    private static readonly FrozenDictionary<string, IVersionOrder> ByName = new Dictionary<string, IVersionOrder>(StringComparer.OrdinalIgnoreCase)
    {
        ["Debian"] = Deb,
        ["Ubuntu"] = Deb,
        ["Alpine"] = Apk,
        ["Wolfi"] = Apk,
        ["Chainguard"] = Apk,
        ["npm"] = Npm,
        ["PyPI"] = Pep440,
        ["kubernetes"] = SemVer,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, IVersionOrder>.AlternateLookup<ReadOnlySpan<char>> ByNameSpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every order, each once.</summary>
    public static ImmutableArray<IVersionOrder> All { get; } = [Deb, Apk, SemVer, Npm, Pep440];

    /// <summary>The order of an ecosystem's versions, or null where the ecosystem is not known.</summary>
    public static IVersionOrder? For(Ecosystem ecosystem) => ForName(ecosystem.Name);

    /// <summary>
    /// The order for the name of an ecosystem as OSV has it, with or without a release (<c>Debian:12</c>), or for the name of an order itself; case
    /// does not count. Null where the name is not known.
    /// </summary>
    public static IVersionOrder? ForName(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return ByNameSpan.TryGetValue(colon < 0 ? name : name.AsSpan(0, colon), out var order)
            ? order
            : All.FirstOrDefault(candidate => name.Equals(candidate.Name, StringComparison.OrdinalIgnoreCase));
    }
}
