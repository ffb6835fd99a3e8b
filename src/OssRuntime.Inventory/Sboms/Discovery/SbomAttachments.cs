using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Sboms.Attestations;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>SBOMs, bare or in statements.</summary>
internal sealed class SbomAttachments : IAttachmentChoice
{
    private static readonly string[] ArtifactWords = ["cyclonedx", "spdx", "syft", "sbom", "sigstore.bundle", "in-toto", "dsse", MediaTypes.OciConfig];

    public IReadOnlyList<string> CosignEndings { get; } = ["att", "sbom"];

    public bool MayHold(string artifactType) => Array.Exists(ArtifactWords, word => artifactType.Contains(word, StringComparison.OrdinalIgnoreCase));

    public bool IsWanted(string? predicateType) => SbomStatement.IsSbomType(predicateType);
}
