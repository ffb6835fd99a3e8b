using System.Text.RegularExpressions;

namespace OssRuntime.Model.Images;

/// <summary>
/// Where an image is: registry, repository, and a tag, a digest or both, by the grammar of the container world
/// (<c>[host[:port]/]path[:tag][@digest]</c>). A name without a host means Docker Hub, and one without a path there means
/// <c>library/</c>.
/// </summary>
public sealed partial record ImageReference(string Registry, string Repository, string? Tag, Digest? Digest)
{
    private const string DockerHub = "docker.io";
    private const int LongestName = 512;

    /// <summary>Reads a reference as it stands in a pod; false, with the reason, where it is none.</summary>
    public static bool TryParse(string? text, out ImageReference? reference, out string? reason)
    {
        reference = null;
        if (string.IsNullOrEmpty(text) || text.Length > LongestName)
        {
            reason = string.IsNullOrEmpty(text) ? "the image name is empty" : $"the image name is longer than {LongestName} characters";
            return false;
        }

        Digest? digest = null;
        var name = text;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            if (!Images.Digest.TryParse(text[(at + 1)..], out var parsed))
            {
                reason = "what follows '@' is not a digest";
                return false;
            }

            digest = parsed;
            name = text[..at];
        }

        string? tag = null;
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
        {
            tag = name[(colon + 1)..];
            name = name[..colon];
            if (!TagPattern().IsMatch(tag))
            {
                reason = "the tag has characters that no tag may have";
                return false;
            }
        }

        var (registry, repository) = SplitRegistry(name);
        if (!RepositoryPattern().IsMatch(repository) || !RegistryPattern().IsMatch(registry))
        {
            reason = "the name is not [host[:port]/]path in lower case";
            return false;
        }

        reason = null;
        reference = new ImageReference(registry, repository, tag ?? (digest is null ? "latest" : null), digest);
        return true;
    }

    /// <summary>The same repository at this digest.</summary>
    public ImageReference At(Digest digest) => this with { Tag = null, Digest = digest };

    /// <summary>The whole name, with registry; the digest wins over the tag in what it points at, both are printed.</summary>
    public override string ToString() =>
        $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static (string Registry, string Repository) SplitRegistry(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        if (!isHost)
        {
            return (DockerHub, slash < 0 ? "library/" + name : name);
        }

        var registry = first == "index.docker.io" ? DockerHub : first;
        var repository = name[(slash + 1)..];
        return (registry, registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal) ? "library/" + repository : repository);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RegistryPattern();
}
