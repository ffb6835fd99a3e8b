using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>VEX documents, bare or in statements.</summary>
internal sealed class VexAttachments : IAttachmentChoice
{
    private static readonly string[] ArtifactWords = ["vex", "csaf", "sigstore.bundle", "in-toto", "dsse", MediaTypes.OciConfig];

    public IReadOnlyList<string> CosignEndings { get; } = ["att"];

    /// <summary>True for a predicate type that is VEX.</summary>
    public static bool IsVex(string? predicateType) => predicateType?.Contains("vex", StringComparison.OrdinalIgnoreCase) == true;

    public bool MayHold(string artifactType) => Array.Exists(ArtifactWords, word => artifactType.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool IsWanted(string? predicateType) => IsVex(predicateType);
}
