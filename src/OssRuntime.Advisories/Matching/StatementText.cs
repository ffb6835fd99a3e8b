using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>Puts ranges into words: <c>&gt;= 1.0, &lt; 2.0</c>.</summary>
internal static class StatementText
{
    private const string Everything = "every version";

    /// <summary>The part of a range that holds a version, and the version that ends it, if that is a fix.</summary>
    public static string Interval(Row row, int range, ComparedVersion version, out string? fixedIn)
    {
        var statement = row.Statement;
        StatementLayout.SkipVectors(ref statement);
        var ranges = statement.Varint();
        for (var i = 0; i < ranges; i++)
        {
            var type = (RangeType)statement.Byte();
            if (i == range)
            {
                return Interval(statement, version.OrderFor(type), version, out fixedIn);
            }

            for (var left = statement.Varint(); left > 0; left--)
            {
                ReadEvent(ref statement, out _);
            }
        }

        fixedIn = null;
        return "";
    }

    /// <summary>All that a row states, cut after a few versions.</summary>
    public static string All(Row row)
    {
        const int MostVersions = 8;
        var statement = row.Statement;
        StatementLayout.SkipVectors(ref statement);
        var parts = new List<string>();
        for (var ranges = statement.Varint(); ranges > 0; ranges--)
        {
            statement.Byte();
            parts.Add(Range(ReadEvents(ref statement)));
        }

        var versions = statement.Varint();
        if (versions > 0)
        {
            var listed = new List<string>();
            for (var i = 0; i < Math.Min(versions, MostVersions); i++)
            {
                listed.Add(Encoding.UTF8.GetString(statement.Text()));
            }

            parts.Add($"= {string.Join(", ", listed)}{(versions > MostVersions ? $" and {versions - MostVersions} more" : "")}");
        }

        return string.Join("; ", parts);
    }

    private static List<RangeEvent> ReadEvents(ref Database.Format.ByteReader statement)
    {
        var events = new List<RangeEvent>();
        for (var left = statement.Varint(); left > 0; left--)
        {
            var version = ReadEvent(ref statement, out var type);
            events.Add(new RangeEvent(type, Encoding.UTF8.GetString(version)));
        }

        return events;
    }

    private static ReadOnlySpan<byte> ReadEvent(scoped ref Database.Format.ByteReader statement, out RangeEventType type)
    {
        var mark = statement.Byte();
        var isFirst = (mark & StatementLayout.FromTheFirst) != 0;
        type = isFirst ? RangeEventType.Introduced : (RangeEventType)mark;
        return isFirst ? "0"u8 : statement.Text();
    }

    private static string Interval(Database.Format.ByteReader statement, IVersionOrder? order, ComparedVersion version, out string? fixedIn)
    {
        var begin = "0"u8;
        fixedIn = null;
        for (var left = statement.Varint(); left > 0; left--)
        {
            var at = ReadEvent(ref statement, out var type);
            if (type == RangeEventType.Limit)
            {
                continue;
            }

            var compared = at.SequenceEqual("0"u8) ? 1 : order is null ? -1 : version.CompareTo(at, order);
            if (type == RangeEventType.Introduced)
            {
                begin = compared >= 0 ? at : begin;
            }
            else if (compared < 0 || (type == RangeEventType.LastAffected && compared == 0))
            {
                var end = new RangeEvent(type, Encoding.UTF8.GetString(at));
                fixedIn = type == RangeEventType.Fixed ? end.Version : null;
                return Words(Begin(begin), end);
            }
        }

        return Words(Begin(begin), null);
    }

    private static string Begin(ReadOnlySpan<byte> version) => version.SequenceEqual("0"u8) ? "0" : Encoding.UTF8.GetString(version);

    private static string Range(List<RangeEvent> events)
    {
        var parts = new List<string>();
        string? begin = null;
        foreach (var e in events)
        {
            if (e.Type == RangeEventType.Introduced)
            {
                begin ??= e.Version;
            }
            else if (e.Type != RangeEventType.Limit)
            {
                parts.Add(Words(begin ?? "0", e));
                begin = null;
            }
        }

        if (begin is not null)
        {
            parts.Add(Words(begin, null));
        }

        return string.Join(" or ", parts);
    }

    private static string Words(string begin, RangeEvent? end)
    {
        var from = begin == "0" ? "" : begin.EndsWith(CpeAffected.JustAfter, StringComparison.Ordinal) ? $"> {begin[..^CpeAffected.JustAfter.Length]}" : $">= {begin}";
        var to = end is not { } last ? "" : last.Type == RangeEventType.Fixed ? $"< {last.Version}" : $"<= {last.Version}";
        return (from, to) switch
        {
            ("", "") => Everything,
            ("", _) => to,
            (_, "") => from,
            _ => $"{from}, {to}",
        };
    }
}
