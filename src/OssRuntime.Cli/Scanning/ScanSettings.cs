using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Filters;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Scanning;

/// <summary>What a user decided about all targets of a scan.</summary>
/// <param name="Platform">Which image of an index is read.</param>
/// <param name="Day">The day that lifecycles are judged on.</param>
/// <param name="Matching">What is decided about matching.</param>
/// <param name="Sieve">What is decided about findings.</param>
internal sealed record ScanSettings(Platform Platform, DateOnly Day, MatchOptions Matching, FindingSieve Sieve);
