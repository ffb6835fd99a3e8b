namespace OssRuntime.Model.Images;

/// <summary>What an image was built for: <c>os/architecture[/variant]</c> in Go's words (OCI image index, "platform").</summary>
public sealed record Platform(string Os, string Architecture, string? Variant = null)
{
    /// <summary>The platform of most clusters.</summary>
    public static readonly Platform LinuxAmd64 = new("linux", "amd64");

    /// <summary>
    /// Reads <c>os/architecture[/variant]</c> in any case, with the names that other tools have for an architecture brought into Go's; false where the
    /// text is not a platform.
    /// </summary>
    public static bool TryParse(string? text, out Platform platform)
    {
        platform = LinuxAmd64;
        var parts = text?.ToLowerInvariant().Split('/') ?? [];
        if (parts.Length is not (2 or 3) || parts.Any(part => part.Length is 0 or > 32 || !part.All(IsWordCharacter)))
        {
            return false;
        }

        var (architecture, variant) = InWordsOfGo(parts[1]);
        platform = new Platform(parts[0], architecture, parts.Length == 3 ? parts[2] : variant);
        return true;
    }

    /// <summary>
    /// True where an image for <paramref name="offered"/> runs on this platform. A missing variant on either side matches:
    /// kubelets report none, and indexes often leave <c>v8</c> away for arm64.
    /// </summary>
    public bool Accepts(Platform offered) =>
        Os == offered.Os && Architecture == offered.Architecture
        && (Variant is null || offered.Variant is null || Variant == offered.Variant);

    /// <inheritdoc/>
    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static (string Architecture, string? Variant) InWordsOfGo(string architecture) => architecture switch
    {
        "x86_64" or "x86-64" => ("amd64", null),
        "aarch64" => ("arm64", null),
        "i386" or "i686" => ("386", null),
        "armhf" => ("arm", "v7"),
        "armel" => ("arm", "v6"),
        _ => (architecture, null),
    };

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
