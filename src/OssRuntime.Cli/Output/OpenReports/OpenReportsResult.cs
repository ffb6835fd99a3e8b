using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output.OpenReports;

/// <summary>A result of a report.</summary>
/// <param name="Policy">The flaw, or <c>ossruntime.io/coverage</c>.</param>
/// <param name="Rule">The package, or why something was not checked.</param>
/// <param name="Result">pass, fail, warn, error or skip.</param>
/// <param name="Severity">critical, high, medium, low or info; null where nobody says.</param>
/// <param name="Message">A line for people.</param>
/// <param name="Finding">The finding, or null.</param>
internal sealed record OpenReportsResult(string Policy, string Rule, string Result, string? Severity, string Message, Finding? Finding);
