using OssRuntime.Model.Findings;

namespace OssRuntime.Policy.Priorities;

/// <summary>Decides how urgent a finding is on a workload, from its four inputs. A malicious package is always Immediate.</summary>
public static class PriorityDecider
{
    /// <summary>The EPSS probability from which exploitation is taken for as likely as with a public proof of concept.</summary>
    public const double LikelyExploitation = 0.1;

    /// <summary>The priority of a finding on a workload.</summary>
    public static Priority Decide(Finding finding, WorkloadContext workload) =>
        finding.Severity == Severity.Malicious ? Priority.Immediate : DeployerTable.Decide(InputsOf(finding, workload));

    /// <summary>The inputs, as they are known for this finding.</summary>
    public static PriorityInputs InputsOf(Finding finding, WorkloadContext workload) =>
        new(ExploitationOf(finding), workload.Exposure, IsAutomatable(finding.Vector), workload.Impact);

    private static Exploitation ExploitationOf(Finding finding) =>
        finding.KnownExploited ? Exploitation.Active
        : finding.Epss >= LikelyExploitation ? Exploitation.PublicPoc
        : Exploitation.None;

    /// <summary>
    /// Steps 1 to 4 of the kill chain can be automated where the attack goes over the network, is simple, needs no privilege and nobody's
    /// help: the reading of SSVC's "Automatable" from CVSS v3 and v4 metrics.
    /// </summary>
    private static bool IsAutomatable(string? vector) =>
        vector is not null
        && vector.StartsWith("CVSS:", StringComparison.Ordinal)
        && HasMetrics(vector, "/AV:N", "/AC:L", "/PR:N", "/UI:N")
        && (!vector.StartsWith("CVSS:4", StringComparison.Ordinal) || HasMetrics(vector, "/AT:N"));

    private static bool HasMetrics(string vector, params ReadOnlySpan<string> metrics)
    {
        foreach (var metric in metrics)
        {
            if (!$"{vector}/".Contains($"{metric}/", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
