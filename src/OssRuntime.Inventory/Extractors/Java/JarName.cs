using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>What Maven's naming of files tells: <c>artifact-version[-classifier].jar</c>.</summary>
internal sealed partial record JarName(string File, string Artifact, string? Version)
{
    private static readonly string[] Repositories = ["repository", "repo", "system", "maven2", "m2", "maven"];

    /// <summary>The group, where the file lies as in a Maven repository (<c>repository/GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.jar</c>); else null.</summary>
    public string? Group { get; private init; }

    /// <summary>True for a jar of sources or of documentation: there is nothing in it that runs.</summary>
    public bool IsWithoutCode => File.EndsWith("-sources", StringComparison.Ordinal) || File.EndsWith("-javadoc", StringComparison.Ordinal);

    /// <summary>Splits a file's name.</summary>
    public static JarName Parse(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        name = dot > 0 ? name[..dot] : name;
        var match = name.Length < 512 ? Pattern().Match(name) : Match.Empty;
        return OfRepository(path, name)
            ?? (match.Success ? new JarName(name, match.Groups["artifact"].Value, match.Groups["version"].Value) : new JarName(name, name, null));
    }

    private static JarName? OfRepository(string path, string file)
    {
        var parts = path.Split('/');
        var root = Array.FindLastIndex(parts, part => Array.IndexOf(Repositories, part) >= 0);
        if (root < 0 || parts.Length - root < 5)
        {
            return null;
        }

        var (artifact, version) = (parts[^3], parts[^2]);
        return file.StartsWith($"{artifact}-{version}", StringComparison.Ordinal)
            ? new JarName(file, artifact, version) { Group = string.Join('.', parts[(root + 1)..^3]) }
            : null;
    }

    // Between two signs all is of the version or all of the classifier, so nothing that was taken is ever given back.
    [GeneratedRegex(
        @"^(?<artifact>.+?)-(?<version>(?>[0-9][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)*(?:[-+](?:[0-9]+|(?i:alpha|beta|rc|cr|m|b|ga|final|release|sp|snapshot|jre|jdk|android|redhat|incubating)[0-9A-Za-z.]*)(?=[-+]|\z))*))(?>(?:-[A-Za-z_][A-Za-z0-9_]*)*)\z",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
