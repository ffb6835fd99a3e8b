using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Keeps the advisory database current: a file that somebody else writes is adopted when it changes, feeds are built into one from time to time. A new
/// generation is verified byte by byte before it takes the place of the old one; one that is broken, older or has lost records leaves the last good one
/// in place. A restart takes the file that is there.
/// </summary>
internal sealed partial class DatabaseKeeper(
    DatabaseSource source, CurrentDatabase current, DatabaseMetrics metrics, WorkQueue<ClusterEvent> events, ControllerEnvironment environment) : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly string _file = source.File;
    private readonly FeedSources _feeds = new(source.Feeds, source.Cache, metrics, environment);
    private readonly ILogger _logger = environment.Loggers.CreateLogger<DatabaseKeeper>();
    private string? _seen;

    public string Name => "database";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var nextBuild = environment.Time.GetUtcNow();
        while (!cancellationToken.IsCancellationRequested)
        {
            if (source.Feeds.Count > 0 && environment.Time.GetUtcNow() >= nextBuild)
            {
                await BuildAsync(cancellationToken);
                nextBuild = environment.Time.GetUtcNow() + (source.Interval * (1 + (0.1 * environment.Random.NextDouble())));
            }

            Look();
            await Task.Delay(LookEvery, environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Adopts the file if it is another one than before.</summary>
    public void Look()
    {
        var now = FileStamp.Of(_file);
        if (!File.Exists(_file) || now == _seen)
        {
            return;
        }

        _seen = now;
        try
        {
            Adopt(AdvisoryDatabase.Map(_file, source.EpssPercentile));
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            Log.Refused(_logger, _file, error.Message);
        }
    }

    private void Adopt(AdvisoryDatabase next)
    {
        try
        {
            next.Verify();
            Judge(next.Info);
        }
        catch
        {
            next.Dispose();
            throw;
        }

        var info = next.Info;
        var isNew = current.Generation != next.Generation;
        current.Swap(next);
        metrics.Adopt(info.NewestRecord, info.Sources.Select(source => (source.Name, source.Kept)));
        Log.Adopted(_logger, info.Generation, info.Advisories);
        if (isNew)
        {
            events.Add(ClusterEvent.DatabaseAdopted);
        }
    }

    private void Judge(DatabaseInfo next)
    {
        using var lease = current.Lease();
        if (lease is not null && AdoptionRules.Refuse(lease.Database.Info, next) is { } reason)
        {
            throw new AdvisoryDatabaseException(reason);
        }
    }

    private async Task BuildAsync(CancellationToken cancel)
    {
        try
        {
            var roots = await _feeds.RefreshAsync(cancel);
            var next = _file + ".next";
            var info = await new DatabaseBuilder().BuildAsync(roots, next, null, cancel);
            Judge(info);
            File.Move(next, _file, overwrite: true);
            _feeds.Built(info);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AdvisoryDatabaseException or HttpRequestException)
        {
            Log.NotBuilt(_logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Advisory database {Generation} with {Advisories} advisories is in use")]
        public static partial void Adopted(ILogger logger, string generation, int advisories);

        [LoggerMessage(2, LogLevel.Error, "Advisory database {File} was refused; the one from before stays in use: {Reason}")]
        public static partial void Refused(ILogger logger, string file, string reason);

        [LoggerMessage(3, LogLevel.Error, "No advisory database could be built from the feeds; the one from before stays in use: {Reason}")]
        public static partial void NotBuilt(ILogger logger, string reason);
    }
}
