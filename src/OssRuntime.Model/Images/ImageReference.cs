using System.Globalization;
using System.Text.RegularExpressions;

namespace OssRuntime.Model.Images;

/// <summary>
/// Where an image is: registry, repository, and a tag, a digest or both, by the grammar of the container world
/// (<c>[host[:port]/]path[:tag][@digest]</c>). A name without a host means Docker Hub, and one without a path there means
/// <c>library/</c>. Hosts are the same in any case and written in lower,
/// but for one that only its capitals tell from a path.
/// </summary>
public sealed partial record ImageReference(string Registry, string Repository, string? Tag, Digest? Digest)
{
    private const string DockerHub = "docker.io";
    private const int LongestName = 512;
    private const int LongestRepository = 255;
    private const int LargestPort = 65535;

    /// <summary>Reads a reference as it stands in a pod; false, with the reason, where it is invalid.</summary>
    public static bool TryParse(string? text, out ImageReference? reference, out string? reason)
    {
        reference = null;
        if (string.IsNullOrEmpty(text) || text.Length > LongestName)
        {
            reason = string.IsNullOrEmpty(text) ? "the image name is empty" : $"the image name is longer than {LongestName} characters";
            return false;
        }

        if (Images.Digest.TryParse(text, out _))
        {
            reason = "the image is named by the id of a local image, which no registry knows";
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

        if (repository.Length > LongestRepository || !HasPossiblePort(registry))
        {
            reason = $"the repository is longer than {LongestRepository} characters, or the port larger than {LargestPort}";
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
        if (!IsHost(first))
        {
            return (DockerHub, slash < 0 ? "library/" + name : name);
        }

        var lower = first.ToLowerInvariant();
        var host = IsHost(lower) ? lower : first;
        var registry = host == "index.docker.io" ? DockerHub : host;
        var repository = name[(slash + 1)..];
        return (registry, registry == DockerHub && !repository.Contains('/', StringComparison.Ordinal) ? "library/" + repository : repository);
    }

    private static bool IsHost(string name) => name == "localhost" || name.Any(c => c is '.' or ':' || char.IsAsciiLetterUpper(c));

    private static bool HasPossiblePort(string registry)
    {
        var colon = registry.LastIndexOf(':');
        return colon < 0 || registry[^1] == ']' || int.Parse(registry.AsSpan(colon + 1), CultureInfo.InvariantCulture) <= LargestPort;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RegistryPattern();
}
