using System.Collections.Immutable;
using OssRuntime.Cli.Scanning;

namespace OssRuntime.Cli.Output;

/// <summary>What all formats tell of a scan.</summary>
/// <param name="Database">What was matched against, or null where only an inventory was asked for.</param>
/// <param name="Outcomes">What came of each target; one that could not be read is among them.</param>
/// <param name="Day">The day that the scan judges on.</param>
/// <param name="Now">The moment of the scan.</param>
internal sealed record ScanReport(DatabaseSummary? Database, ImmutableArray<ScanOutcome> Outcomes, DateOnly Day, DateTimeOffset Now);
