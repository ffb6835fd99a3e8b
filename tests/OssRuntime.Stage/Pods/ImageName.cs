using System.Text.RegularExpressions;

namespace OssRuntime.Stage.Pods;

/// <summary>An image as a pod names it, written out in full as containerd does (distribution's reference grammar).</summary>
/// <param name="Registry">Host and, where it has one, port.</param>
/// <param name="Repository">Path in the registry.</param>
/// <param name="Tag">The tag, or null where only a digest is named.</param>
/// <param name="Digest">The digest, or null.</param>
internal sealed partial record ImageName(string Registry, string Repository, string? Tag, string? Digest)
{
    /// <summary>What the registry is asked for: the digest where there is one.</summary>
    public string Reference => Digest ?? Tag!;

    /// <summary>The name without tag and digest.</summary>
    public string Name => $"{Registry}/{Repository}";

    /// <summary>Reads a name; null where it is none.</summary>
    public static ImageName? Parse(string text)
    {
        if (Grammar().Match(text) is not { Success: true } match)
            return null;
        var path = match.Groups["path"].Value;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : path[..slash];
        var hasHost = first == "localhost" || first.AsSpan().ContainsAny('.', ':');
        var registry = hasHost ? first : "docker.io";
        var repository = hasHost ? path[(slash + 1)..] : slash < 0 ? $"library/{path}" : path;
        var digest = match.Groups["digest"] is { Success: true } named ? named.Value : null;
        var tag = match.Groups["tag"] is { Success: true } given ? given.Value : digest is null ? "latest" : null;
        return new ImageName(registry, repository, tag, digest);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    [GeneratedRegex(
        """^(?<path>([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*)(:(?<tag>\w[\w.-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?$""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
