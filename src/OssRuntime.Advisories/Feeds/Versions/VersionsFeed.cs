using System.Globalization;
using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Versions;

/// <summary>
/// Lists of the versions that were published (<c>versions/npm.tsv.gz</c>), a version a line: name, version, <c>yanked</c> or <c>deprecated</c> where its
/// publisher says so, and the day or instant (ISO 8601, UTC) of its publication where that is known. A list has every version of each name that it has, and need not have every name. Registries have no such file to
/// fetch; whoever runs the product makes or mirrors it.
/// </summary>
internal sealed class VersionsFeed : IFeed
{
    private const int LongestLine = 4096;

    /// <inheritdoc/>
    public string Name => "versions";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => FolderIndex.FetchAsync(files, Name, IsList, cancellation);

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files(Name).Where(IsList))
        {
            var ecosystem = file[..file.IndexOf('.', StringComparison.Ordinal)];
            sink.Begin($"{Name}/{ecosystem}");
            try
            {
                using var data = PackedFile.Open(root.At(Name, file));
                using var lines = new StreamReader(data);
                Read(lines, ecosystem, sink, cancellation);
            }
            catch (Exception exception) when (PackedFile.IsDamage(exception))
            {
                sink.Fail($"{Name}/{file}", "the file is damaged or cut");
            }
            catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsList(string name) => PackedFile.Unpacked(name).EndsWith(".tsv", StringComparison.Ordinal);

    private static void Read(StreamReader lines, string ecosystem, IFeedSink sink, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (BoundedLines.Next(lines, LongestLine) is not { } line)
            {
                return;
            }

            ReadLine(line.Split('\t'), $"line {number.ToString(CultureInfo.InvariantCulture)}", ecosystem, sink);
        }
    }

    private static void ReadLine(string[] columns, string line, string ecosystem, IFeedSink sink)
    {
        var note = columns.ElementAtOrDefault(2) ?? "";
        if (columns.Length < 2 || columns[0].Length is 0 or > FeedLimits.Name || columns[1].Length is 0 or > FeedLimits.Version)
        {
            sink.Skip(line, "the line has no name or no version");
        }
        else if (note is not ("" or "yanked" or "deprecated"))
        {
            sink.Skip(line, "what the line says of the version is neither yanked nor deprecated");
        }
        else
        {
            var published = columns.ElementAtOrDefault(3) ?? "";
            var day = DayOf(published);
            if (published.Length > 0 && day is null)
            {
                sink.Trim(line, "when the version was published is no day since 1970");
            }

            sink.AcceptVersion(ecosystem, columns[0], columns[1], note.Length == 0 ? null : note, day);
        }
    }

    private static DateOnly? DayOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.UtcDateTime.Date > DateTime.UnixEpoch
            && text.Length >= 10 && text[4] == '-' && text[7] == '-'
            ? DateOnly.FromDateTime(instant.UtcDateTime)
            : null;
}
