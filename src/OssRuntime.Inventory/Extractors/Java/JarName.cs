using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>What Maven's naming of files tells: <c>artifact-version[-classifier].jar</c>.</summary>
internal sealed partial record JarName(string File, string Artifact, string? Version)
{
    /// <summary>Splits a file's name.</summary>
    public static JarName Parse(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        name = dot > 0 ? name[..dot] : name;
        var match = name.Length < 512 ? Pattern().Match(name) : Match.Empty;
        return match.Success ? new JarName(name, match.Groups["artifact"].Value, match.Groups["version"].Value) : new JarName(name, name, null);
    }

    // Between two signs all is of the version or all of the classifier, so nothing that was taken is ever given back.
    [GeneratedRegex(
        @"^(?<artifact>.+?)-(?<version>(?>[0-9][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)*(?:[-+](?:[0-9]+|(?i:alpha|beta|rc|cr|m|b|ga|final|release|sp|snapshot|jre|jdk|android|redhat|incubating)[0-9A-Za-z.]*)(?=[-+]|\z))*))(?>(?:-[A-Za-z_][A-Za-z0-9_]*)*)\z",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
