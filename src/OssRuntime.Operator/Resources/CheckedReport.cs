using System.Collections.Immutable;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Operator.Resources;

/// <summary>How much of an image, or of the images of a workload, was checked: components = checked + the components of all lines of what was not.</summary>
internal sealed record CheckedReport
{
    private const int MostLines = 20;

    /// <summary>Complete, Partly or Nothing.</summary>
    public required string State { get; init; }

    public int Components { get; init; }

    public int Checked { get; init; }

    /// <summary>What was not checked, each line "Reason n components m places: subject, for example …".</summary>
    public ImmutableArray<string> Unchecked { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>How many lines are left out.</summary>
    public int Cut { get; init; }

    /// <summary>The report of a coverage.</summary>
    public static CheckedReport Of(CheckCoverage coverage) => new()
    {
        State = coverage.State.ToString(),
        Components = coverage.Components,
        Checked = coverage.Checked,
        Unchecked = [.. coverage.Unchecked.AsImmutableArray().Take(MostLines).Select(group => group.ToString())],
        Cut = Math.Max(0, coverage.Unchecked.Length - MostLines),
    };

    /// <summary>The coverage that a report tells of; what its lines leave out, or do not say in their form, is not checked either.</summary>
    public CheckCoverage Read()
    {
        var groups = Unchecked.Select(UncheckedGroup.TryParse).OfType<UncheckedGroup>().ToImmutableArray();
        var left = Components - Checked - groups.Sum(group => group.Components);
        return new CheckCoverage(
            Components,
            Checked,
            left > 0 || (groups.IsEmpty && State != nameof(CheckState.Complete)) ? groups.Add(new UncheckedGroup(UncheckedReason.NotMatched, "others", Math.Max(0, left), 0, [])) : groups);
    }
}
