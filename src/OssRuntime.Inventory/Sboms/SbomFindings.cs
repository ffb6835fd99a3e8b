using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;

namespace OssRuntime.Inventory.Sboms;

/// <summary>What was found in the components of an SBOM, for formats that can tell it.</summary>
/// <param name="Findings">The findings.</param>
/// <param name="Checked">How much was checked: the findings say nothing about the rest.</param>
/// <param name="Database">The generation of the database that they were matched against, and when its newest record was changed, in words.</param>
public sealed record SbomFindings(ImmutableArray<Finding> Findings, CheckCoverage Checked, string Database)
{
    /// <summary>How many findings are not among them because the user did not want to see them.</summary>
    public int Hidden { get; init; }
}
