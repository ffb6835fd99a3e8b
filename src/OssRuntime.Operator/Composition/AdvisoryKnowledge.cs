using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Composition;

/// <summary>What is known of components: the advisory database, VEX, and the matcher that asks both.</summary>
internal sealed class AdvisoryKnowledge : IDisposable
{
    public AdvisoryKnowledge(
        OperatorOptions options, SbomTrust trust, RegistryClient registries, DatabaseMetrics metrics, WorkQueue<ClusterEvent> events, ControllerEnvironment environment)
    {
        var (paths, attached) = AttachedVexOptions.Read(options.Vex, trust);
        AttachedVex = attached;
        Vex = new VexKeeper(paths, events, environment);
        var source = SourceOf(options);
        var pull = source.Artifact is { } artifact ? new DatabasePull(artifact, registries, environment.Time) : null;
        DatabaseKeeper = new DatabaseKeeper(source, pull, Database, metrics, events, environment);
        var matching = new MatchOptions
        {
            ExtendedSupport = [.. options.ExtendedSupport],
            ReservedNames = ReservedNames.Read(options.ReservedNames),
            AskUpstreamWhereSilent = options.UpstreamAdvisories,
        };
        Absence = new DatabaseAbsence(DatabaseKeeper, options.Database is null && options.Feeds.Count > 0, environment.Time);
        Matcher = new CurrentMatcher(Database, matching, Vex);
    }

    /// <summary>The generation in use.</summary>
    public CurrentDatabase Database { get; } = new();

    public DatabaseKeeper DatabaseKeeper { get; }

    /// <summary>Why there is no database, where there is none.</summary>
    public DatabaseAbsence Absence { get; }

    public VexKeeper Vex { get; }

    public CurrentMatcher Matcher { get; }

    /// <summary>Whose word counts of what is attached to images; null where nothing is looked for.</summary>
    public AttachedVexOptions? AttachedVex { get; }

    /// <summary>Takes what is there at the start.</summary>
    public void Look()
    {
        Vex.Look();
        DatabaseKeeper.Look();
    }

    public void Dispose() => Database.Dispose();

    // A database that somebody else brings is not built here.
    private static DatabaseSource SourceOf(OperatorOptions options) => new(
        options.Database ?? Path.Combine(options.StateFolder, "advisories.db"),
        Path.Combine(options.StateFolder, options.Database is null ? "advisories.db" : "adopted.db"),
        options.Database is null && options.DatabaseOci.Count == 0 ? options.Feeds : [],
        Path.Combine(options.StateFolder, "feeds"),
        options.FeedInterval,
        options.EpssPercentile)
    {
        Accepted = options.AcceptShrunk,
        Artifact = options.Database is null && options.DatabaseOci.Count > 0
            ? new DatabaseArtifact(options.DatabaseOci, options.DatabaseKey, options.DatabaseCredentials, options.DatabaseGreatestAge, options.DatabaseLeastAge)
            : null,
    };
}
