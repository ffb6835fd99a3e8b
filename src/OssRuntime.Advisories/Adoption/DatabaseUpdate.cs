using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Files;

namespace OssRuntime.Advisories.Adoption;

/// <summary>
/// Builds a database in the place of another one, source by source.
/// <code>
///   lock ─► build beside it ─► which sources lost more than sources do? ─► none: rename ─► keep copies of what was read
///                                        └─► build again with what these had before ─► rename ─► keep copies of the others
/// </code>
/// One source that breaks costs only its own news: the others go on.
/// </summary>
public sealed class DatabaseUpdate(TimeProvider time, UpdateOptions? options = null)
{
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly UpdateOptions _options = options ?? new UpdateOptions();

    /// <summary>Builds a generation and puts it at <paramref name="output"/>.</summary>
    /// <param name="roots">Where feeds lie.</param>
    /// <param name="output">The file, replaced in one step.</param>
    /// <param name="progress">Told the name of each feed as its reading begins.</param>
    /// <param name="cancellation">Ends the building; nothing is left behind.</param>
    /// <returns>What is in the file now; a source that was held says so.</returns>
    /// <exception cref="AdvisoryDatabaseException">Sources lost too much, and what they had before is not there: the file stays as it was.</exception>
    /// <exception cref="IOException">The output cannot be written, or another process works on it.</exception>
    public async Task<DatabaseInfo> BuildAsync(IReadOnlyList<FeedRoot> roots, string output, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        using var work = await WorkLock.TakeAsync(output, "building a database from feeds", time, _options.Patience, cancellation);
        using var building = new TemporaryFile(output);
        var now = time.GetUtcNow();
        var plain = _options.Building with { Latest = now + Skew };
        var info = await new DatabaseBuilder(plain).BuildAsync(roots, building.Path, progress, cancellation);
        var losses = _options.Force || Baseline(output) is not { } before ? []
            : AdoptionRules.Losses(before, info, now).Where(loss => !_options.Accepted.Contains(loss.Source)).ToImmutableArray();
        var kept = new KeptSources(output + ".sources", _options.Building.Feeds);
        var held = losses.Select(loss => loss.Source).ToImmutableArray();
        if (!losses.IsEmpty)
        {
            var instead = kept.Instead(roots, held) ?? throw Refused(losses);
            var holding = plain with { Held = losses.ToImmutableDictionary(loss => loss.Source, loss => loss.Reason, StringComparer.Ordinal) };
            info = await new DatabaseBuilder(holding).BuildAsync(instead, building.Path, progress, cancellation);
            if (info.Sources.All(source => held.Contains(source.Name)))
            {
                throw Refused(losses);
            }
        }

        building.MoveTo(output);
        kept.Keep(roots, held);
        return info;
    }

    private static AdvisoryDatabaseException Refused(ImmutableArray<SourceLoss> losses) =>
        new($"refused: {string.Join("; ", losses.Select(loss => $"source {loss.Source} {loss.Reason}"))}; the file from before stays");

    /// <summary>What is there now; null where nothing is, or nothing that can be read, which anything may replace.</summary>
    private static DatabaseInfo? Baseline(string output)
    {
        try
        {
            if (!File.Exists(output))
            {
                return null;
            }

            using var database = AdvisoryDatabase.Open(output);
            return database.Info;
        }
        catch (Exception exception) when (exception is AdvisoryDatabaseException or IOException)
        {
            return null;
        }
    }
}
