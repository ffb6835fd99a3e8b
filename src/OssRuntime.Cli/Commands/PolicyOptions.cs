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
        Description = "A file or folder with RiskPolicies and exceptions (YAML or JSON). If they deny a target, the exit code is 1. May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _failOn = new("--fail-on")
    {
        Description = "Also end with exit code 1 for: deny, warn or audit; a rule (production/immediate); or conditions, joined by commas, in any case (high; critical,fixable; exploited; unchecked; unchecked=EcosystemNotCovered; stale=7d; every condition of a rule). May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _namespace = new("--namespace", "-n") { Description = "The namespace in which the images will run.", DefaultValueFactory = _ => "default" };

    private readonly Option<string[]> _labels = new("--namespace-label") { Description = "A label of that namespace, key=value. May be given several times.", DefaultValueFactory = _ => [] };

    private readonly Option<string?> _workload = new("--workload") { Description = "The workload in which the images will run, Kind/name." };

    private readonly Option<ExposureLevel?> _exposure = new("--exposure") { Description = "From where the workload will be reachable: Internet, Cluster, Namespace or None." };

    private readonly Option<HumanImpact?> _impact = new("--impact") { Description = "The impact of a successful attack on the workload: Low, Medium, High or VeryHigh." };

    private readonly Option<int> _percentile = new("--epss-percentile")
    {
        Description = "From this EPSS percentile on, a vulnerability is treated as if a proof of concept were public.",
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
            : throw new CommandLineException(ExitCode.Usage, $"'{text}' is not a valid --namespace-label: write key=value");
}
