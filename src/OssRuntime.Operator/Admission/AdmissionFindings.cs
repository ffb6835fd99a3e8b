using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>What policies have against a request. A pod of 100,000 images has as many findings: of each action the first are kept, which is more than anybody reads.</summary>
internal sealed class AdmissionFindings
{
    private const int MostOfAction = 100;

    private readonly List<AdmissionFinding> _kept = [];
    private readonly Dictionary<PolicyAction, int> _counts = [];

    /// <summary>Those that are kept, the gravest action first.</summary>
    public ImmutableArray<AdmissionFinding> Gravest => [.. _kept.OrderByDescending(finding => finding.Action)];

    public void Add(IEnumerable<AdmissionFinding> findings)
    {
        foreach (var finding in findings)
        {
            var count = _counts[finding.Action] = _counts.GetValueOrDefault(finding.Action) + 1;
            if (count <= MostOfAction)
            {
                _kept.Add(finding);
            }
        }
    }

    public void Add(AdmissionFindings others) => Add(others._kept);
}
