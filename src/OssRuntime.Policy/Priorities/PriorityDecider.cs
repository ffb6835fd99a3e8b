using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;

namespace OssRuntime.Policy.Priorities;

/// <summary>Decides how urgent a finding is on a workload, from its four inputs. A malicious package is always Immediate.</summary>
public static class PriorityDecider
{
    /// <summary>
    /// Where nobody knows how a flaw stands among others (<see cref="Finding.EpssPercentile"/>), the EPSS probability from which exploitation is taken for as
    /// likely as with a public proof of concept.
    /// </summary>
    public const double LikelyExploitation = 0.1;

    /// <summary>The priority of a finding on a workload.</summary>
    public static Priority Decide(Finding finding, DeployerContext workload) =>
        Decide(InputsOf(finding, workload), finding.Severity == Severity.Malicious, ended: false);

    /// <summary>The priority for these inputs. What gets no fixes any more (<see cref="EndedSupport"/>) is not deferred.</summary>
    public static Priority Decide(PriorityInputs inputs, bool malicious, bool ended)
    {
        if (malicious)
        {
            return Priority.Immediate;
        }

        var decided = DeployerTable.Decide(inputs);
        return ended && decided == Priority.Defer ? Priority.Scheduled : decided;
    }

    /// <summary>The inputs, as they are known for this finding.</summary>
    public static PriorityInputs InputsOf(Finding finding, DeployerContext workload)
    {
        var evidence = EvidenceOf(finding);
        return new PriorityInputs(evidence.Exploitation, workload.Exposure, evidence.Automatable, workload.Impact);
    }

    /// <summary>The inputs that do not depend on the workload, with their origin.</summary>
    public static PriorityEvidence EvidenceOf(Finding finding)
    {
        var (exploitation, from) = finding switch
        {
            { KnownExploited: true } => (Exploitation.Active, "KEV"),
            { Ssvc.Exploitation: ExploitationEvidence.Active } => (Exploitation.Active, "SSVC"),
            { Ssvc.Exploitation: ExploitationEvidence.ProofOfConcept } => (Exploitation.PublicPoc, "SSVC"),
            { Exploits.IsEmpty: false } => (Exploitation.PublicPoc, "reference"),
            { LikelyExploited: true } or { LikelyExploited: null, Epss: >= LikelyExploitation } => (Exploitation.PublicPoc, "EPSS"),
            { Ssvc.Exploitation: ExploitationEvidence.None } => (Exploitation.None, "SSVC"),
            _ => (Exploitation.None, "no-sign"),
        };
        return finding.Ssvc?.Automatable is { } assessed
            ? new PriorityEvidence(exploitation, from, assessed, "SSVC")
            : new PriorityEvidence(exploitation, from, IsAutomatable(finding.Vector), finding.Vector is null ? "no-vector" : "CVSS");
    }

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
            // Each of a vector's metrics is there once; what follows is another one or nothing.
            var end = vector.IndexOf(metric, StringComparison.Ordinal) + metric.Length;
            if (end < metric.Length || (end < vector.Length && vector[end] != '/'))
            {
                return false;
            }
        }

        return true;
    }
}
