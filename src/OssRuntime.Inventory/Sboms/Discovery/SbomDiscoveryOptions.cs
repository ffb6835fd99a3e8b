using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>Where SBOMs of an image are looked for, and which of them are believed.</summary>
public sealed record SbomDiscoveryOptions
{
    /// <summary>The kinds that are looked for, in their order: the first usable SBOM counts.</summary>
    public ImmutableArray<InventorySource> Kinds { get; init; } =
        [InventorySource.Referrer, InventorySource.CosignAttestation, InventorySource.BuildKitAttestation, InventorySource.EmbeddedSbom];

    /// <summary>
    /// The kinds that are used without a verified signature. A file of the image is as much the image's word as its package databases are; all others
    /// are only compared and reported until a signature is verified.
    /// </summary>
    public ImmutableArray<InventorySource> UsableUnverified { get; init; } = [InventorySource.EmbeddedSbom];

    /// <summary>Whose signatures count.</summary>
    public SbomTrust Trust { get; init; } = SbomTrust.Nobody;

    /// <summary>How much one SBOM may ask for: less than a file that a user names, for anybody who may push to a repository can attach one.</summary>
    public SbomLimits Limits { get; init; } = new() { DocumentBytes = 256 << 20, Components = 50_000, Characters = 16 << 20 };

    /// <summary>Bytes that a signed envelope may have: it is held in memory, for its signature is over all of it.</summary>
    public int EnvelopeBytes { get; init; } = 32 << 20;

    /// <summary>How many documents of one kind are read before the next kind is looked for.</summary>
    public int DocumentsPerKind { get; init; } = 8;

    /// <summary>True where an SBOM of this kind counts, verified or not.</summary>
    public bool IsUsable(InventorySource kind, bool isVerified) => isVerified || UsableUnverified.Contains(kind);

    /// <summary>Names the choices: what was found under others is looked for anew.</summary>
    internal string Version
    {
        get
        {
            var text = new StringBuilder("sbom=").AppendJoin(',', Kinds).Append('/').AppendJoin(',', UsableUnverified.Order())
                .Append('/').Append(Trust.Version);
            return $"sbom={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8))}";
        }
    }
}
