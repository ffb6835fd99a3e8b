using System.Collections.Immutable;

namespace OssRuntime.Cli.Output.JUnit;

/// <summary>One test.</summary>
/// <param name="Group">The class that pipelines group it by: an ecosystem, <c>coverage</c> or <c>policy</c>.</param>
/// <param name="Name">The test.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Type">A stable word for what failed.</param>
/// <param name="Message">Why it did not pass, in one line.</param>
/// <param name="Details">What there is to know about it, in lines.</param>
internal sealed record JUnitCase(string Group, string Name, JUnitResult Result, string Type, string Message, ImmutableArray<string> Details);
