using System.Globalization;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.DebianTracker;

/// <summary>
/// Reads a list of Debian's advisories: a line with day, id and title, then, indented, the CVEs in braces and for each release the package and the
/// version with the fix.
/// <code>
/// [31 Mar 2023] DLA-3377-1 systemd - security update
///         {CVE-2023-26604}
///         [buster] - systemd 241-7~deb10u9
/// </code>
/// </summary>
internal static class DebianListParser
{
    private const int LongestLine = 1 << 16;

    /// <summary>Reads the lines.</summary>
    public static void Read(IEnumerable<string> lines, string source, IFeedSink sink, CancellationToken cancellation)
    {
        AdvisoryDraft? draft = null;
        foreach (var line in lines.Where(line => line.Length is > 0 and < LongestLine))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!char.IsWhiteSpace(line[0]))
            {
                Hand(draft, source, sink);
                draft = Begin(line);
            }
            else if (draft is not null)
            {
                ReadDetail(line.Trim(), draft);
            }
        }

        Hand(draft, source, sink);
    }

    /// <summary>A line that begins an advisory; null for one that does not.</summary>
    private static AdvisoryDraft? Begin(string line)
    {
        var close = line.IndexOf("] ", StringComparison.Ordinal);
        if (line[0] != '[' || close < 0)
        {
            return null;
        }

        var words = line[(close + 2)..].Split(' ', 2);
        return new AdvisoryDraft
        {
            Id = words[0],
            Summary = words.Length > 1 ? words[1] : null,
            Modified = DateTimeOffset.TryParseExact(
                line[1..close], "d MMM yyyy", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day : null,
        };
    }

    private static void ReadDetail(string line, AdvisoryDraft draft)
    {
        if (line.StartsWith('{') && line.EndsWith('}'))
        {
            foreach (var id in line[1..^1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                draft.AddId(draft.Upstream, id);
            }

            return;
        }

        var close = line.IndexOf("] - ", StringComparison.Ordinal);
        if (!line.StartsWith('[') || close < 0)
        {
            return;
        }

        // A word in angle brackets in the version's place says why there is none: <not-affected>, <end-of-life>.
        var words = line[(close + 4)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length >= 2 && !words[1].StartsWith('<'))
        {
            draft.AddAffected(new AffectedPackage(Ecosystem.Parse(DebianReleases.Ecosystem(line[1..close])), words[0], [AffectedRange.Before(words[1])], [], []) { State = FixState.Fixed });
        }
    }

    private static void Hand(AdvisoryDraft? draft, string source, IFeedSink sink)
    {
        if (draft is null)
        {
            return;
        }

        try
        {
            sink.Accept(draft.Affected.Count > 0 ? draft.Finish(source) : throw new FeedRecordException("it names no version with a fix"));
        }
        catch (FeedRecordException exception)
        {
            sink.Skip(draft.Id ?? "", exception.Message);
        }
    }
}
