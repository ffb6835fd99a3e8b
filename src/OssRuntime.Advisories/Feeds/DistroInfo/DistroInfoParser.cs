using System.Globalization;
using System.Text;

namespace OssRuntime.Advisories.Feeds.DistroInfo;

/// <summary>
/// Reads <c>version,codename,series,created,release,eol,…</c>. The columns after <c>eol</c> are extended support (Debian's LTS and ELTS, Ubuntu's server,
/// ESM and legacy support), of which the last that is filled in counts; Ubuntu's <c>eol-server</c> is support for everybody.
/// </summary>
internal static class DistroInfoParser
{
    /// <summary>The product with its releases, newest first.</summary>
    /// <exception cref="FeedFileException">The header is another one.</exception>
    public static LifecycleProduct Read(string product, byte[] text)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var header = lines.Length > 0 ? lines[0].Split(',') : [];
        if (header is not ["version", "codename", "series", "created", "release", "eol", ..])
        {
            throw new FeedFileException("the file does not begin with the header 'version,codename,series,created,release,eol'");
        }

        var cycles = lines.Skip(1).Select(line => Cycle(header, line.Split(','))).OfType<ReleaseCycle>().Reverse();
        return new LifecycleProduct(product, [], IsOperatingSystem: true, [], [.. cycles]);
    }

    /// <summary>A release; null for one without number, or without an end.</summary>
    private static ReleaseCycle? Cycle(string[] header, string[] columns)
    {
        var name = columns[0].Split(' ')[0];
        if (name.Length is 0 or > 64 || Day(columns, 5) is not { } end)
        {
            return null;
        }

        var server = Array.IndexOf(header, "eol-server");
        if (server >= 0 && Day(columns, server) is { } later && later > end)
        {
            end = later;
        }

        DateOnly? extended = null;
        for (var column = 6; column < columns.Length; column++)
        {
            extended = column != server && Day(columns, column) is { } day && day > (extended ?? end) ? day : extended;
        }

        // Debian's LTS is for everybody, and has security fixes alone; what others sell beyond it is extended support.
        var lts = Array.IndexOf(header, "eol-lts");
        return lts >= 0 && Day(columns, lts) is { } free && free > end
            ? new ReleaseCycle(name, columns[2], ActiveSupportEnds: end, ActiveSupportEnded: false, free, Ended: false, extended > free ? extended : null)
            : new ReleaseCycle(name, columns[2], ActiveSupportEnds: null, ActiveSupportEnded: false, end, Ended: false, extended);
    }

    private static DateOnly? Day(string[] columns, int column) =>
        column < columns.Length && DateOnly.TryParseExact(columns[column], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
