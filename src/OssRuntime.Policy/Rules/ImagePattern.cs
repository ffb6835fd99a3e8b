using System.Collections.Immutable;
using OssRuntime.Model.Images;

namespace OssRuntime.Policy.Rules;

/// <summary>
/// Names of images in which a star stands for any text. Both sides are brought to one form first: <c>nginx</c>, <c>library/nginx</c>, <c>index.docker.io/library/nginx:latest</c>
/// and <c>DOCKER.IO:443/library/nginx</c> are one image, and a policy for it is for all of them.
/// </summary>
public static class ImagePattern
{
    private const string DockerHub = "docker.io";
    private const string SecurePort = ":443";

    /// <summary>True where one of the patterns covers the image.</summary>
    /// <param name="patterns">The patterns.</param>
    /// <param name="image">The image as a pod writes it.</param>
    public static bool CoversAny(ImmutableArray<string> patterns, string image)
    {
        if (patterns.IsDefaultOrEmpty)
        {
            return false;
        }

        var forms = FormsOf(image);
        return patterns.Any(pattern => forms.Any(form => NamePattern.Covers(pattern, form) || NamePattern.Covers(Canonical(pattern), form)));
    }

    // A name that no image can have is what it is. Without a tag the one called latest is meant.
    private static string[] FormsOf(string image)
    {
        if (!ImageReference.TryParse(image, out var read, out _))
        {
            return [image];
        }

        var reference = read! with { Registry = WithoutPort(read.Registry) };
        return reference is { Tag: "latest", Digest: null } ? [reference.ToString(), $"{reference.Registry}/{reference.Repository}"] : [reference.ToString()];
    }

    // A pattern that begins with a star says nothing of where the image is.
    private static string Canonical(string pattern)
    {
        if (pattern.StartsWith('*') || pattern.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return pattern;
        }

        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : pattern[..slash];
        if (first != "localhost" && !first.Any(letter => letter is '.' or ':' || char.IsAsciiLetterUpper(letter)))
        {
            return slash < 0 ? $"{DockerHub}/library/{pattern}" : $"{DockerHub}/{pattern}";
        }

        var host = WithoutPort(first.ToLowerInvariant());
        var path = pattern[(slash + 1)..];
        return host is not (DockerHub or "index.docker.io") ? $"{host}/{path}"
            : path.Contains('/', StringComparison.Ordinal) || path.StartsWith('*') ? $"{DockerHub}/{path}"
            : $"{DockerHub}/library/{path}";
    }

    private static string WithoutPort(string host)
    {
        var bare = host.EndsWith(SecurePort, StringComparison.Ordinal) ? host[..^SecurePort.Length] : host;
        return bare == "index.docker.io" ? DockerHub : bare;
    }
}
