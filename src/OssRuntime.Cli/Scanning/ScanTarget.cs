namespace OssRuntime.Cli.Scanning;

/// <summary>A target of a scan as the user writes it: <c>scheme:rest</c>, or an image reference.</summary>
internal sealed record ScanTarget(TargetKind Kind, string Text, string Location)
{
    private static readonly (string Scheme, TargetKind Kind)[] Schemes =
    [
        ("oci:", TargetKind.OciLayout),
        ("oci-archive:", TargetKind.OciArchive),
        ("docker-archive:", TargetKind.DockerArchive),
        ("rootfs:", TargetKind.RootFileSystem),
        ("sbom:", TargetKind.SbomFile),
        ("manifests:", TargetKind.Manifests),
    ];

    /// <summary>Reads a target; what has no known scheme is an image reference.</summary>
    public static ScanTarget Parse(string text)
    {
        foreach (var (scheme, kind) in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.Ordinal))
            {
                return new ScanTarget(kind, text, text[scheme.Length..]);
            }
        }

        return new ScanTarget(TargetKind.Registry, text, text);
    }
}
