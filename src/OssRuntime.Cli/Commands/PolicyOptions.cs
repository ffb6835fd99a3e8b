using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Terminal;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Commands;

/// <summary>The options that say which policies judge, and where images are to run as far as no manifest says.</summary>
internal sealed class PolicyOptions
{
    private readonly Option<string[]> _policies = new("--policy")
    {
        Description = "A file or folder with RiskPolicies and exceptions (YAML or JSON). May be given again. What they deny ends with code 1.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _failOn = new("--fail-on")
    {
        Description = "What ends with code 1 besides: deny, warn or audit; a rule (production/immediate); or conditions of a rule (severity=High,fixable). May be given again.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _namespace = new("--namespace", "-n") { Description = "The namespace that images are to run in.", DefaultValueFactory = _ => "default" };

    private readonly Option<string[]> _labels = new("--namespace-label") { Description = "A label of the namespace, key=value. May be given again.", DefaultValueFactory = _ => [] };

    private readonly Option<string?> _workload = new("--workload") { Description = "The workload that images are to run in, Kind/name." };

    private readonly Option<ExposureLevel?> _exposure = new("--exposure") { Description = "From how far away it will be reached: Internet, Cluster, Namespace or None." };

    private readonly Option<HumanImpact?> _impact = new("--impact") { Description = "What an attack on it would do: Low, Medium, High or VeryHigh." };

    private readonly Option<int> _percentile = new("--epss-percentile")
    {
        Description = "The EPSS percentile from which on a flaw counts as if a proof of concept were public.",
        DefaultValueFactory = _ => 95,
    };

    public void AddTo(Command command)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_policies, _failOn, _namespace, _labels, _workload, _exposure, _impact, _percentile])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the user wrote.</summary>
    /// <exception cref="CommandLineException">Some of it means nothing.</exception>
    public PolicyRequest Read(ParseResult parsed) => new()
    {
        Files = [.. parsed.GetValue(_policies)!],
        FailOn = [.. parsed.GetValue(_failOn)!.Select(text => FailOn.Parse(text) is { Read: { } read } ? read : throw new CommandLineException(ExitCode.Usage, FailOn.Parse(text).Error!))],
        Namespace = parsed.GetValue(_namespace)!,
        Labels = parsed.GetValue(_labels)!.Select(Pair).GroupBy(pair => pair.Key).ToImmutableDictionary(group => group.Key, group => group.Last().Value),
        Workload = parsed.GetValue(_workload),
        Exposure = parsed.GetValue(_exposure),
        Impact = parsed.GetValue(_impact),
        EpssPercentile = parsed.GetValue(_percentile),
    };

    private static KeyValuePair<string, string> Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? new KeyValuePair<string, string>(text[..at], text[(at + 1)..])
            : throw new CommandLineException(ExitCode.Usage, $"--namespace-label takes key=value, not '{text}'");
}
