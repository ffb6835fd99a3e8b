using System.Text;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.Metrics;

/// <summary>An operator exports its own controller runtime, and no other's of the same process.</summary>
public sealed class RuntimeMetricsTests
{
    [Fact]
    public async Task Two_operators_in_one_process_do_not_share_their_numbers()
    {
        var (one, other) = (new ControllerEnvironment(), new ControllerEnvironment());
        using var mine = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), one, 1);
        using var theirs = new OperatorMetrics(new RunningPods(), new FactsIndex(), new PodBacklog(), other, 1);
        one.Metrics.Leads("a/lease", leads: true);
        other.Metrics.Leads("a/lease", leads: false);

        Assert.Contains("leader_election_master_status{name=\"a/lease\"} 1", await TextAsync(mine), StringComparison.Ordinal);
        Assert.Contains("leader_election_master_status{name=\"a/lease\"} 0", await TextAsync(theirs), StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(OperatorMetrics metrics)
    {
        using var output = new MemoryStream();
        await metrics.ExportAsync(output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
