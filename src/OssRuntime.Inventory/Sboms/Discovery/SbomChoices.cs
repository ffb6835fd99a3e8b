using System.Collections.Immutable;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>What people write on a command line about SBOMs, and what it means.</summary>
public static class SbomChoices
{
    private const int LargestTrustFile = 1 << 20;

    private static readonly ImmutableArray<(string Word, InventorySource Kind)> Words =
    [
        ("referrers", InventorySource.Referrer),
        ("cosign", InventorySource.CosignAttestation),
        ("buildkit", InventorySource.BuildKitAttestation),
        ("embedded", InventorySource.EmbeddedSbom),
    ];

    /// <summary>The kinds by their words, for help texts.</summary>
    public static string Kinds { get; } = string.Join(", ", Words.Select(word => word.Word));

    /// <summary>The options.</summary>
    /// <param name="kinds">The kinds to look for, in their order; all where there is none.</param>
    /// <param name="unverified">The kinds that are used without a verified signature; embedded ones where there is none, and <c>none</c> for not even those.</param>
    /// <param name="trustFiles">Files with public keys and certificates of authorities in PEM.</param>
    /// <param name="identities">Whom certificates have to be made out to.</param>
    /// <exception cref="FormatException">A word is not known, or a file can't be used; the message says which and why.</exception>
    public static SbomDiscoveryOptions Read(
        IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> unverified, IEnumerable<string> trustFiles, IEnumerable<string> identities)
    {
        var trust = trustFiles.Aggregate(SbomTrust.Nobody, With);
        var options = new SbomDiscoveryOptions { Trust = trust with { Identities = [.. identities] } };
        return options with
        {
            Kinds = kinds.Count == 0 ? options.Kinds : [.. kinds.Select(Kind).Distinct()],
            UsableUnverified = unverified.Count == 0 ? options.UsableUnverified : [.. unverified.Where(word => word != "none").Select(Kind).Distinct()],
        };
    }

    private static InventorySource Kind(string word)
    {
        foreach (var (known, kind) in Words)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw new FormatException($"'{word}' is not a kind of SBOM; the kinds are {Kinds}");
    }

    private static SbomTrust With(SbomTrust trust, string file)
    {
        try
        {
            return new FileInfo(file).Length <= LargestTrustFile ? trust.With(File.ReadAllText(file)) : throw new FormatException("it is too large");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new FormatException($"'{file}' holds no keys to trust: {e.Message}", e);
        }
    }
}
