using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.DotNet;

/// <summary>
/// Gathers from all channels which runtime fixed which CVE: a channel is affected from its first preview to that release. The metadata does not
/// say which part of .NET a flaw is in, so the shared framework stands for all of it.
/// </summary>
internal sealed class DotNetFixes
{
    /// <summary>The shared frameworks as extractors and SBOMs name them.</summary>
    private static readonly ImmutableArray<(string Ecosystem, string Name)> Frameworks =
        [("NuGet", "Microsoft.NETCore.App"), ("generic", "dotnet-runtime"), ("generic", "dotnet")];

    private readonly SortedDictionary<string, Dictionary<string, string>> _fixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _days = new(StringComparer.Ordinal);

    /// <summary>Takes a channel's releases, newest first.</summary>
    /// <exception cref="FeedFileException">The document is none.</exception>
    public void Add(JsonElement document)
    {
        if (document.Text("channel-version") is not { Length: > 0 and < 64 } channel)
        {
            throw new FeedFileException("the document has no channel");
        }

        foreach (var release in document.Items("releases"))
        {
            if (release.At("runtime").Text("version") is not { Length: > 0 } runtime)
            {
                continue;
            }

            foreach (var cve in release.Items("cve-list").Select(item => item.Text("cve-id")).OfType<string>().Select(AdvisoryIds.Canonical).Where(AdvisoryIds.IsCve))
            {
                if (!_fixes.TryGetValue(cve, out var channels))
                {
                    _fixes[cve] = channels = new Dictionary<string, string>(StringComparer.Ordinal);
                }

                // The oldest of several releases that name a CVE, which is the last to be read, is the one with the fix.
                channels[channel] = runtime;
                if (release.Day("release-date") is { } day && day.Year > 2000)
                {
                    _days[cve] = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
                }
            }
        }
    }

    /// <summary>Gives an advisory for each CVE to the sink.</summary>
    public void HandOver(string source, IFeedSink sink)
    {
        foreach (var (cve, channels) in _fixes)
        {
            var draft = new AdvisoryDraft { Id = cve, Modified = _days.TryGetValue(cve, out var day) ? day : null };
            ImmutableArray<AffectedRange> ranges = [.. channels.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Range(pair.Key, pair.Value))];
            foreach (var (ecosystem, name) in Frameworks)
            {
                draft.AddAffected(new AffectedPackage(new Ecosystem(ecosystem), name, ranges, [], []) { State = FixState.Fixed });
            }

            try
            {
                sink.Accept(draft.Finish(source));
            }
            catch (FeedRecordException exception)
            {
                sink.Skip(cve, exception.Message);
            }
        }
    }

    private static AffectedRange Range(string channel, string fix) =>
        new(RangeType.SemVer, [new RangeEvent(RangeEventType.Introduced, $"{channel}.0-0"), new RangeEvent(RangeEventType.Fixed, fix)]);
}
