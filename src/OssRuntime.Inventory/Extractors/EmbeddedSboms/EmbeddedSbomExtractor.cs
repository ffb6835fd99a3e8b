using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Sboms;

namespace OssRuntime.Inventory.Extractors.EmbeddedSboms;

/// <summary>
/// SBOMs among an image's files: Bitnami's <c>.spdx-NAME.spdx</c> beside each of its components, one for each package in <c>var/lib/db/sbom</c> (Wolfi,
/// Chainguard), and <c>usr/share/sbom</c>. What they declare is kept apart from what extractors find.
/// </summary>
internal sealed class EmbeddedSbomExtractor : IExtractor
{
    private static readonly SbomLimits Limits = new() { DocumentBytes = 64 << 20, Components = 50_000, Unknowns = 10 };

    public string Name => "embedded-sbom";

    public int Version => 2;

    public long LargestFile => Limits.DocumentBytes;

    public bool Wants(ReadOnlySpan<byte> path)
    {
        if (path.EndsWith(".spdx"u8))
        {
            return path[(path.LastIndexOf((byte)'/') + 1)..].StartsWith(".spdx-"u8) || IsInFolder(path);
        }

        return path.EndsWith(".cdx.json"u8) || path.EndsWith(".cdx.xml"u8) || path.EndsWith(".spdx.json"u8) || path.EndsWith("/bom.json"u8) || path.EndsWith("/bom.xml"u8)
            || ((path.EndsWith(".json"u8) || path.EndsWith(".xml"u8)) && IsInFolder(path));
    }

    public void Extract(FileContent file, ExtractionContext context)
    {
        Report(file.Open(), file.Path, context);
    }

    /// <summary>Hands over what an SBOM declares, wherever in the image it stood.</summary>
    public static void Report(Stream content, string path, ExtractionContext context)
    {
        var document = SbomReader.Read(content, path, Limits, context.Cancellation);

        // The source repository that a package was built from is not in the image.
        context.AddDeclared(document.Components.Where(component => component.Purl.Type is not ("github" or "gitlab" or "bitbucket")));
        foreach (var unknown in document.Unknowns)
        {
            context.AddUnknown(unknown.Reason);
        }
    }

    private static bool IsInFolder(ReadOnlySpan<byte> path) =>
        path.StartsWith("var/lib/db/sbom/"u8) || path.StartsWith("usr/share/sbom/"u8) || path.StartsWith("opt/docker/sbom/"u8)
        || path.IndexOf(".dist-info/sboms/"u8) > 0 || path.IndexOf("/META-INF/sbom/"u8) >= 0;
}
