using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output;

/// <summary>Knows in which target of a scan a finding is: two images have the same one where they share a layer.</summary>
internal sealed class PlacedFindings
{
    private readonly Dictionary<Finding, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly ScanReport _report;

    public PlacedFindings(ScanReport report)
    {
        _report = report;
        for (var i = 0; i < report.Outcomes.Length; i++)
        {
            foreach (var finding in report.Outcomes[i].Findings)
            {
                _places[finding] = i;
            }
        }
    }

    /// <summary>The targets of findings, by their place in the report.</summary>
    public IReadOnlyList<int> PlacesOf(IEnumerable<Finding> findings) => [.. findings.Select(finding => _places[finding]).Distinct().Order()];

    /// <summary>The target of a finding.</summary>
    public string TargetOf(Finding finding) => _report.Outcomes[_places[finding]].Target;
}
