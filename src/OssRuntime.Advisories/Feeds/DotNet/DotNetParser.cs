using System.Text.Json;
using System.Text.RegularExpressions;

namespace OssRuntime.Advisories.Feeds.DotNet;

/// <summary>Reads the index of channels.</summary>
internal static partial class DotNetParser
{
    /// <summary>The channels that the lines of an index name.</summary>
    public static IEnumerable<string> Channels(IReadOnlyList<string> lines) =>
        lines.Select(line => Channel().Match(line)).Where(match => match.Success).Select(match => match.Groups["channel"].Value).Distinct(StringComparer.Ordinal);

    /// <summary>The product .NET with a cycle for each channel.</summary>
    /// <exception cref="FeedFileException">The document is no index.</exception>
    public static LifecycleProduct Product(JsonElement index)
    {
        var cycles = index.Items("releases-index").Select(Cycle).OfType<ReleaseCycle>().ToList();
        return cycles.Count > 0
            ? new LifecycleProduct("dotnet", [], IsOperatingSystem: false, ["purl:pkg:nuget/Microsoft.NETCore.App", "purl:pkg:nuget/Microsoft.AspNetCore.App"], [.. cycles])
            : throw new FeedFileException("the document has no list of channels");
    }

    /// <summary>The day of the data is the last day with support; a channel that is only maintained gets security fixes only.</summary>
    private static ReleaseCycle? Cycle(JsonElement channel) =>
        channel.Text("channel-version") is { Length: > 0 and < 64 } name
            ? new ReleaseCycle(
                name,
                Codename: null,
                ActiveSupportEnds: null,
                ActiveSupportEnded: channel.Text("support-phase") is "maintenance" or "eol",
                EndOfLife: channel.Day("eol-date"),
                Ended: channel.Text("support-phase") == "eol",
                ExtendedSupportEnds: null)
            : null;

    [GeneratedRegex("\"channel-version\" *: *\"(?<channel>[0-9]{1,4}\\.[0-9]{1,4})\"", RegexOptions.NonBacktracking)]
    private static partial Regex Channel();
}
