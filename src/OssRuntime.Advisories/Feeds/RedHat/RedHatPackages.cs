using System.Text.Json;
using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Feeds.RedHat;

/// <summary>
/// Gathers what a document says about packages of Red Hat Enterprise Linux. Fixes name binary packages with their versions, once for each
/// architecture and minor release; flaws without a fix name source packages. Packages of a module stand under the module and its stream, for
/// the streams of one module have fixes of their own.
/// </summary>
internal sealed class RedHatPackages(CsafProducts products)
{
    private static readonly IVersionOrder Order = VersionOrders.ForName("rpm")!;

    private readonly Dictionary<(string Ecosystem, string Name), string> _fixes = [];
    private readonly Dictionary<(string Ecosystem, string Name), string> _sourceFixes = [];
    private readonly Dictionary<(string Ecosystem, string Name), FixState> _unfixed = [];

    /// <summary>True where the document also speaks of other products.</summary>
    public bool Elsewhere { get; private set; }

    /// <summary>Takes what is said about one flaw.</summary>
    public void Add(JsonElement flaw)
    {
        var status = flaw.At("product_status");
        foreach (var id in status.Texts("fixed"))
        {
            if (RedHatPackage.Of(products.Find(id)) is { Version: { } version } package)
            {
                AddFix(package.Source ? _sourceFixes : _fixes, (package.Ecosystem, package.Source ? RedHatPackage.SourceName(package) : package.Name), version);
            }
            else
            {
                Elsewhere = true;
            }
        }

        var plans = CsafDraft.Plans(flaw);
        AddUnfixed(status.Texts("known_affected"), id => plans.GetValueOrDefault(id, FixState.NotFixed));
        AddUnfixed(status.Texts("under_investigation"), _ => FixState.UnderInvestigation);
    }

    /// <summary>The statements, in the order of ecosystem and name.</summary>
    public IEnumerable<AffectedPackage> Affected()
    {
        // Source packages stand beside the binary ones that say the same; where they stand alone, they say it.
        var binaries = _fixes.Keys.Select(key => key.Ecosystem).ToHashSet(StringComparer.Ordinal);
        var fixes = _fixes.Concat(_sourceFixes.Where(pair => !binaries.Contains(pair.Key.Ecosystem))).Select(pair => new AffectedPackage(Ecosystem.Parse(pair.Key.Ecosystem), pair.Key.Name, [AffectedRange.Before(pair.Value)], [], []) { State = FixState.Fixed });
        var unfixed = _unfixed.Select(pair => new AffectedPackage(Ecosystem.Parse(pair.Key.Ecosystem), pair.Key.Name, [AffectedRange.Every], [], []) { State = pair.Value });
        return fixes.Concat(unfixed).OrderBy(package => package.Ecosystem.ToString(), StringComparer.Ordinal).ThenBy(package => package.Name, StringComparer.Ordinal);
    }

    /// <summary>Of several versions with the fix, for several minor releases, the lowest is where the fix begins.</summary>
    private static void AddFix(Dictionary<(string Ecosystem, string Name), string> fixes, (string Ecosystem, string Name) key, string version)
    {
        if (!fixes.TryGetValue(key, out var known) || Order.Compare(version, known) < 0)
        {
            fixes[key] = version;
        }
    }

    private void AddUnfixed(IEnumerable<string> ids, Func<string, FixState> state)
    {
        foreach (var id in ids)
        {
            if (RedHatPackage.Of(products.Find(id)) is { } package)
            {
                _unfixed[(package.Ecosystem, RedHatPackage.SourceName(package))] = state(id);
            }
            else
            {
                Elsewhere = true;
            }
        }
    }
}
