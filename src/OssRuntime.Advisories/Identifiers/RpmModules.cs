namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// How packages of RPM modules are called, so that streams of one module are kept apart (<c>nodejs:18/nodejs</c>), and source packages of which a flaw
/// without a fix is known (<c>source:kernel</c>).
/// </summary>
internal static class RpmModules
{
    /// <summary>In the release of what was built as a part of a module: <c>3.module+el9.2.0+14843+acebbfea</c>.</summary>
    public const string BuildMark = ".module";

    /// <summary>Stands for every stream: whoever does not know of which stream a package is asks there.</summary>
    public const string AnyStream = "module:*";

    /// <summary>Stands for a stream that an erratum does not tell.</summary>
    public const string UntoldStream = "module:?";

    private const string SourceMark = "source:";

    /// <summary>Module and stream of a label such as <c>nodejs:18:9020020230427102918:rhel9</c>; null where it is none.</summary>
    public static string? Stream(string? label)
    {
        var parts = label?.Split(':');
        return parts is [{ Length: > 0 } module, { Length: > 0 } stream, ..] ? $"{module}:{stream}" : null;
    }

    /// <summary>The streams that a line on an erratum names: <c>Important: nodejs:18 security update</c>.</summary>
    public static IReadOnlyList<string> Named(string line)
    {
        var streams = new List<string>();
        foreach (var word in line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && colon < word.Length - 1 && char.IsAsciiLetterLower(word[0]) && word.LastIndexOf(':') == colon && !streams.Contains(word))
            {
                streams.Add(word);
            }
        }

        return streams;
    }

    /// <summary>A package's name, in its module where it has one.</summary>
    public static string Name(string? stream, string name) => stream is null ? name : $"{stream}/{name}";

    /// <summary>The name as that of a source package.</summary>
    public static string Source(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return $"{name[..(slash + 1)]}{SourceMark}{name[(slash + 1)..]}";
    }
}
