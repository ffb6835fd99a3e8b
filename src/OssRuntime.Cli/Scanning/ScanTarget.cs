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

    /// <summary>True where the kind was found out by what lies on disk.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>Reads a target; what has no known scheme is a path where it is written like one, and else an image reference.</summary>
    public static ScanTarget Parse(string text)
    {
        foreach (var (scheme, named) in Schemes)
        {
            if (text.StartsWith(scheme, StringComparison.Ordinal))
            {
                return new ScanTarget(named, text, text[scheme.Length..]);
            }
        }

        if (!TargetGuess.IsPath(text))
        {
            return new ScanTarget(TargetKind.Registry, text, text);
        }

        // Where nothing lies, or what lies there cannot be told, the reader of that kind says so.
        var kind = TargetGuess.Of(text) ?? (File.Exists(text) ? TargetKind.OciArchive : TargetKind.RootFileSystem);
        return new ScanTarget(kind, $"{Schemes.First(entry => entry.Kind == kind).Scheme}{text}", text) { IsGuessed = true };
    }
}
