namespace OssRuntime.Model.Packages;

/// <summary>Reads a package URL from right to left (ECMA-427, "How to parse a purl string") and hands its parts to the builder.</summary>
internal static class PackageUrlParser
{
    private const string NotDecodable = "a percent sign is not followed by two hexadecimal digits, or what they encode is not UTF-8";

    internal static bool TryParse(string? text, out PackageUrl? purl, out string? error)
    {
        purl = null;
        if (string.IsNullOrEmpty(text) || text.Length > PackageUrl.LongestText)
        {
            error = string.IsNullOrEmpty(text) ? "the text is empty" : $"the text is longer than {PackageUrl.LongestText} characters";
            return false;
        }

        ReadOnlySpan<char> rest = text;
        var subpath = CutRight(ref rest, rest.LastIndexOf('#'));
        var query = CutRight(ref rest, rest.LastIndexOf('?'));
        if (rest.IndexOf(':') != 3 || !rest[..3].Equals("pkg", StringComparison.OrdinalIgnoreCase))
        {
            error = "it does not start with 'pkg:'";
            return false;
        }

        rest = rest[4..].TrimStart('/');
        var slash = rest.IndexOf('/');
        if (slash < 0)
        {
            error = "there is no name";
            return false;
        }

        var type = rest[..slash].ToString();
        rest = rest[(slash + 1)..];
        var separator = VersionSeparator(rest);
        var version = CutRight(ref rest, separator);

        // Slashes at the end are not significant, but before a version they say that the name has been left out.
        rest = separator < 0 ? rest.TrimEnd('/') : rest;
        var lastSlash = rest.LastIndexOf('/');
        var qualifiers = new List<(string Key, string Value)>();
        if (!PercentEncoding.TryDecode(rest[(lastSlash + 1)..], out var name)
            || !PercentEncoding.TryDecode(version, out var decodedVersion)
            || !TryDecodePath(lastSlash < 0 ? default : rest[..lastSlash], out var @namespace)
            || !TryDecodePath(subpath, out var decodedSubpath)
            || !TryReadQualifiers(query, qualifiers))
        {
            error = NotDecodable;
            return false;
        }

        if (@namespace is null || decodedSubpath is null)
        {
            error = "a segment of the namespace or the subpath has an encoded slash";
            return false;
        }

        return PackageUrlBuilder.TryBuild(type, @namespace, name, decodedVersion, qualifiers, decodedSubpath, out purl, out error);
    }

    /// <summary>What stands right of the separator, which with it is cut off; empty where there is none.</summary>
    private static ReadOnlySpan<char> CutRight(ref ReadOnlySpan<char> text, int separator)
    {
        if (separator < 0)
        {
            return default;
        }

        var right = text[(separator + 1)..];
        text = text[..separator];
        return right;
    }

    /// <summary>The last at sign, unless it begins a namespace segment: <c>@babel/core</c> is a scope that was not encoded.</summary>
    private static int VersionSeparator(ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf('@');
        return at >= 0 && (at == 0 || path[at - 1] == '/') && path[at..].Contains('/') ? -1 : at;
    }

    /// <summary>Decodes each segment; the path is null where a segment hides a slash.</summary>
    private static bool TryDecodePath(ReadOnlySpan<char> path, out string? decoded)
    {
        if (!path.Contains('%'))
        {
            decoded = path.ToString();
            return true;
        }

        var segments = new List<string>();
        decoded = null;
        foreach (var segment in path.Split('/'))
        {
            if (!PercentEncoding.TryDecode(path[segment], out var text))
            {
                return false;
            }

            segments.Add(text);
        }

        decoded = segments.Exists(segment => segment.Contains('/')) ? null : string.Join('/', segments);
        return true;
    }

    private static bool TryReadQualifiers(ReadOnlySpan<char> query, List<(string Key, string Value)> qualifiers)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            if (equals < 0)
            {
                // No value: the same as no pair.
                continue;
            }

            if (!PercentEncoding.TryDecode(pair[(equals + 1)..], out var value))
            {
                return false;
            }

            qualifiers.Add((pair[..equals].ToString(), value));
        }

        return true;
    }
}
