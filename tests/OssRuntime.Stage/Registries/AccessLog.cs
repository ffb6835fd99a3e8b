using System.Text.RegularExpressions;

namespace OssRuntime.Stage.Registries;

/// <summary>The requests that a registry has answered, from its log in the combined format of web servers.</summary>
public sealed partial class AccessLog
{
    private readonly string _file;

    internal AccessLog(string file) => _file = file;

    /// <summary>All requests so far, the first one first.</summary>
    public IReadOnlyList<AccessedPath> Read()
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var requests = new List<AccessedPath>();
        while (reader.ReadLine() is { } line)
        {
            if (Request().Match(line) is { Success: true } match)
                requests.Add(new AccessedPath(match.Groups["method"].Value, match.Groups["path"].Value, int.Parse(match.Groups["code"].ValueSpan), match.Groups["agent"].Value));
        }

        return requests;
    }

    [GeneratedRegex("""^\S+ \S+ \S+ \[[^\]]*\] "(?<method>[A-Z]+) (?<path>\S+) [^"]*" (?<code>\d{3}) \S+ "[^"]*" "(?<agent>[^"]*)\x22""", RegexOptions.ExplicitCapture)]
    private static partial Regex Request();
}
