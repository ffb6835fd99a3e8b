using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Advisories.Files;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Keeps the advisory database current: a file that somebody else writes is adopted when it changes, feeds are built into one from time to time. A new
/// generation is verified byte by byte before it takes the place of the old one; one that is broken, older or has lost records leaves the last good one
/// in place. What somebody else writes is copied first: what becomes of their file afterwards changes nothing, and a restart begins with the last good copy.
/// </summary>
internal sealed partial class DatabaseKeeper(
    DatabaseSource source, DatabasePull? pull, CurrentDatabase current, DatabaseMetrics metrics, WorkQueue<ClusterEvent> events, ControllerEnvironment environment) : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    /// <summary>After how long what failed is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private readonly FeedSources _feeds = new(source.Feeds, source.Cache, metrics, environment);
    private readonly ILogger _logger = environment.Loggers.CreateLogger<DatabaseKeeper>();
    private string? _seen;

    public string Name => "database";

    /// <summary>Why what is there is not in use, or what was not built; null where all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>True where no database is in use.</summary>
    public bool HasNoDatabase => current.Generation is null;

    /// <summary>True where the file that is to be used exists.</summary>
    public bool IsFileThere => File.Exists(source.File);

    private bool IsForeign => source.File != source.Own;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var nextBuild = environment.Time.GetUtcNow();
        while (!cancellationToken.IsCancellationRequested)
        {
            if ((source.Feeds.Count > 0 || pull is not null) && environment.Time.GetUtcNow() >= nextBuild)
            {
                var isDone = pull is null ? await BuildAsync(cancellationToken) : await PullAsync(pull, cancellationToken);
                var interval = isDone || source.Interval < Again ? source.Interval : Again;
                nextBuild = environment.Time.GetUtcNow() + (interval * (1 + (0.1 * environment.Random.NextDouble())));
            }

            Look();
            await Task.Delay(LookEvery, environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Adopts the file if it is another one than before.</summary>
    public void Look()
    {
        if (_seen is null && IsForeign && File.Exists(source.Own))
        {
            TryAdopt(source.Own, isKnown: true);
        }

        var now = FileStamp.Of(source.File);
        if (now == _seen)
        {
            return;
        }

        if (!File.Exists(source.File))
        {
            // What was there and is gone changes nothing: the copy stays in use.
            if (IsForeign)
            {
                Refuse("the file is not there");
            }

            _seen = now;
            return;
        }

        _seen = now;
        if (IsForeign)
        {
            Copy();
        }
        else
        {
            TryAdopt(source.File, isKnown: false);
        }
    }

    /// <summary>Copies somebody else's file, and adopts the copy.</summary>
    private void Copy()
    {
        using var copy = new TemporaryFile(source.Own);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(source.Own)!);
            File.Copy(source.File, copy.Path);
            var next = OpenVerified(copy.Path, isKnown: false);
            try
            {
                copy.MoveTo(source.Own);
            }
            catch
            {
                next.Dispose();
                throw;
            }

            Adopt(next);
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            Refuse(error.Message);
        }
    }

    private void TryAdopt(string file, bool isKnown)
    {
        try
        {
            Adopt(OpenVerified(file, isKnown));
        }
        catch (Exception error) when (error is AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            Refuse(error.Message);
        }
    }

    // What is mapped stays what it was when the file gets another name.
    private AdvisoryDatabase OpenVerified(string file, bool isKnown)
    {
        var next = AdvisoryDatabase.Map(file, source.EpssPercentile);
        try
        {
            next.Verify();
            if (!isKnown)
            {
                Judge(next.Info);
            }
        }
        catch
        {
            next.Dispose();
            throw;
        }

        return next;
    }

    private void Adopt(AdvisoryDatabase next)
    {
        var info = next.Info;
        var isNew = current.Generation != next.Generation;
        var behind = next.AgeAt(environment.Time.GetUtcNow()).ClockBehind;
        current.Swap(next);
        Trouble = null;
        metrics.Adopt(info.NewestRecord, info.Sources.Select(source => (source.Name, source.Kept)));
        Log.Adopted(_logger, info.Generation, info.Advisories);
        if (behind is { } time)
        {
            Log.ClockBehind(_logger, info.NewestRecord, time);
        }

        if (isNew)
        {
            events.Add(ClusterEvent.DatabaseAdopted);
        }
    }

    private void Refuse(string reason)
    {
        Trouble = $"{source.File} is not in use: {reason}";
        metrics.Refuse();
        Log.Refused(_logger, source.File, reason);
    }

    private void Judge(DatabaseInfo next)
    {
        using var lease = current.Lease();
        if (lease is not null && AdoptionRules.Refuse(lease.Database.Info, next, environment.Time.GetUtcNow()) is { } reason)
        {
            throw new AdvisoryDatabaseException(reason);
        }
    }

    private async Task<bool> PullAsync(DatabasePull artifact, CancellationToken cancel)
    {
        try
        {
            await artifact.RunAsync(source.File, cancel);
            metrics.FeedRead("oci", environment.Time.GetUtcNow());
            return true;
        }
        catch (Exception error) when (error is ArtifactException or AdvisoryDatabaseException or IOException or UnauthorizedAccessException)
        {
            Trouble = $"the advisory database could not be pulled: {error.Message}";
            metrics.Refuse();
            Log.NotPulled(_logger, error.Message);
            return false;
        }
    }

    private async Task<bool> BuildAsync(CancellationToken cancel)
    {
        try
        {
            var (roots, troubles, gone) = await _feeds.RefreshAsync(cancel);
            var options = new UpdateOptions { Building = new DatabaseBuildOptions { Troubles = troubles }, Accepted = gone.Union(source.Accepted) };
            var info = await new DatabaseUpdate(environment.Time, options).BuildAsync(roots, source.File, null, cancel);
            foreach (var held in info.Sources.Where(built => built.Held is not null))
            {
                Log.Held(_logger, held.Name, held.Held!);
            }

            _feeds.Built(info);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AdvisoryDatabaseException or HttpRequestException)
        {
            Trouble = $"no advisory database could be built from the feeds: {error.Message}";
            Log.NotBuilt(_logger, error.Message);
            return false;
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

        [LoggerMessage(4, LogLevel.Warning, "Source {Source} keeps the data of the build before, because it {Reason}; name it in --accept-shrunk to take the new data")]
        public static partial void Held(ILogger logger, string source, string reason);

        [LoggerMessage(6, LogLevel.Error, "The advisory database was not pulled; the one from before stays in use: {Reason}")]
        public static partial void NotPulled(ILogger logger, string reason);

        [LoggerMessage(5, LogLevel.Warning, "The advisory database has records from {Newest}, and this machine's clock is {Behind} behind them: the age of the database is not known")]
        public static partial void ClockBehind(ILogger logger, DateTimeOffset? newest, TimeSpan behind);
    }
}
