using System.Globalization;

namespace OssRuntime.Advisories.Feeds.DebianSupport;

/// <summary>Reads lines of source package, last version with support, day on which support ended, and a text.</summary>
internal static class DebianSupportParser
{
    /// <summary>What stands before the package in the product's name.</summary>
    public const string Prefix = "debian-package:";

    /// <summary>Reads a release's list.</summary>
    public static void Read(string text, string release, SortedDictionary<string, List<ReleaseCycle>> packages, IFeedSink sink)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            var columns = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length < 3 || !DateOnly.TryParseExact(columns[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                sink.Skip(columns[0], "the line has no day on which support ended");
                continue;
            }

            // A pattern (php-horde.*) names packages by their beginning; only an exact name can be looked up.
            var name = columns[0];
            if (name.Length > FeedLimits.Name || name.Contains('*', StringComparison.Ordinal))
            {
                sink.Skip(name, "the line is a pattern and not a package");
                continue;
            }

            if (!packages.TryGetValue(name, out var cycles))
            {
                packages[name] = cycles = [];
            }

            cycles.Add(new ReleaseCycle(release, Codename: null, ActiveSupportEnds: null, ActiveSupportEnded: false, day, Ended: false, ExtendedSupportEnds: null));
        }
    }
}
