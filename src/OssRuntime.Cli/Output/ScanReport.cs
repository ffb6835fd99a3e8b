using System.Collections.Immutable;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;

namespace OssRuntime.Cli.Output;

/// <summary>What all formats tell of a scan.</summary>
/// <param name="Database">What was matched against, or null where only an inventory was asked for.</param>
/// <param name="Outcomes">What came of each target; one that could not be read is among them.</param>
/// <param name="Day">The day that the scan judges on.</param>
/// <param name="Now">The moment of the scan.</param>
internal sealed record ScanReport(DatabaseSummary? Database, ImmutableArray<ScanOutcome> Outcomes, DateOnly Day, DateTimeOffset Now)
{
    /// <summary>What the scan was judged by; null where nothing judged it.</summary>
    public PolicyEvaluator? Judge { get; init; }

    /// <summary>Where to read on about flaws; null where there is no database.</summary>
    public AdvisoryReferences? References { get; init; }
}
