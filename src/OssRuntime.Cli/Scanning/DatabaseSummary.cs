namespace OssRuntime.Cli.Scanning;

/// <summary>Which advisory database a scan was matched against.</summary>
internal sealed record DatabaseSummary(string Generation, DateTimeOffset? NewestRecord, long Advisories);
