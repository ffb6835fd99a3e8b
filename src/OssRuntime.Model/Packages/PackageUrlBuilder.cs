using System.Buffers;
using System.Collections.Immutable;

namespace OssRuntime.Model.Packages;

/// <summary>Makes a canonical package URL of parts that are not encoded (ECMA-427, "Rules for each purl component").</summary>
internal static class PackageUrlBuilder
{
    private static readonly SearchValues<char> TypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    internal static bool TryBuild(
        string? type,
        string? @namespace,
        string? name,
        string? version,
        IReadOnlyList<(string Key, string Value)> qualifiers,
        string? subpath,
        out PackageUrl? purl,
        out string? error)
    {
        purl = null;
        var strippedName = name?.Trim('/') ?? "";
        error = Sort(qualifiers, out var sorted);
        error = CheckParts(type, @namespace, strippedName, version, subpath) ?? error;
        if (error is not null)
        {
            return false;
        }

        var candidate = new PackageUrl
        {
            Type = type!.ToLowerInvariant(),
            Namespace = JoinSegments(@namespace, isSubpath: false),
            Name = strippedName,
            Version = string.IsNullOrEmpty(version) ? null : version,
            Qualifiers = sorted,
            Subpath = JoinSegments(subpath, isSubpath: true),
        };
        return PackageUrlTypes.TryApply(candidate, out purl, out error);
    }

    private static string? CheckParts(string? type, string? @namespace, string name, string? version, string? subpath)
    {
        if (string.IsNullOrEmpty(type) || !char.IsAsciiLetter(type[0]) || type.AsSpan().ContainsAnyExcept(TypeCharacters))
        {
            return "the type is not a letter followed by letters, digits, '.' and '-'";
        }

        if (name.Length == 0)
        {
            return "there is no name";
        }

        return PercentEncoding.IsWellFormed(name) && PercentEncoding.IsWellFormed(@namespace) && PercentEncoding.IsWellFormed(version)
            && PercentEncoding.IsWellFormed(subpath)
            ? null
            : "a part is not well-formed Unicode";
    }

    /// <summary>Empty segments are left away, and in a subpath those that are one or two dots.</summary>
    private static string? JoinSegments(string? path, bool isSubpath)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        if (!path.Contains('/', StringComparison.Ordinal) && !isSubpath)
        {
            return path;
        }

        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => !isSubpath || segment is not ("." or ".."));
        var joined = string.Join('/', segments);
        return joined.Length == 0 ? null : joined;
    }

    private static string? Sort(
        IReadOnlyList<(string Key, string Value)> qualifiers, out ImmutableArray<KeyValuePair<string, string>> sorted)
    {
        sorted = [];
        if (qualifiers.Count == 0)
        {
            return null;
        }

        var kept = new List<KeyValuePair<string, string>>(qualifiers.Count);
        foreach (var (key, value) in qualifiers)
        {
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            if (string.IsNullOrEmpty(key) || !char.IsAsciiLetter(key[0]) || key.AsSpan().ContainsAnyExcept(KeyCharacters))
            {
                return "a qualifier's key is not a letter followed by letters, digits, '.', '-' and '_'";
            }

            if (!PercentEncoding.IsWellFormed(value))
            {
                return $"the value of the qualifier '{key}' is not well-formed Unicode";
            }

            kept.Add(new(key.ToLowerInvariant(), value));
        }

        kept.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        for (var i = 1; i < kept.Count; i++)
        {
            if (kept[i].Key == kept[i - 1].Key)
            {
                return $"the qualifier '{kept[i].Key}' is there twice";
            }
        }

        sorted = [.. kept];
        return null;
    }
}
