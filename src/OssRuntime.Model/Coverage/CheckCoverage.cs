using OssRuntime.Model.Collections;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Model.Coverage;

/// <summary>
/// How much of an image was really checked: components = checked + the unchecked of all reasons. Findings say something about the checked ones alone, so whoever
/// shows, counts or gates on findings shows this too.
/// </summary>
/// <param name="Components">How many components the image has.</param>
/// <param name="Checked">How many of them the database could answer for.</param>
/// <param name="Unchecked">The others and what has no components, by reason: those with the most components first.</param>
public sealed record CheckCoverage(int Components, int Checked, EquatableArray<UncheckedGroup> Unchecked)
{
    /// <summary>How much that is, in a word.</summary>
    public CheckState State => Unchecked.IsEmpty ? CheckState.Complete : Checked == 0 ? CheckState.Nothing : CheckState.Partly;

    /// <summary>How many components could not be checked.</summary>
    public int UncheckedComponents => Components - Checked;

    /// <summary>The coverage in a sentence: "100 of 122 components checked; 22 not: no advisories for Debian 12 in this database".</summary>
    public string Sentence => State switch
    {
        CheckState.Complete => $"all {Components} components checked",
        CheckState.Nothing => $"{(Components == 0 ? "NOTHING" : $"{Components} of {Components} components NOT")} CHECKED: {Clauses}",
        _ => $"{Checked} of {Components} components checked; not checked: {Clauses}",
    };

    private string Clauses => string.Join("; ", Unchecked.AsImmutableArray().Select(group => group.Components > 0 && group.Components < Components && Unchecked.Length > 1 ? $"{group.Components}: {group.Clause}" : group.Clause));

    /// <summary>The coverage of several images together.</summary>
    public static CheckCoverage Sum(IReadOnlyCollection<CheckCoverage> coverages) => new(
        coverages.Sum(coverage => coverage.Components),
        coverages.Sum(coverage => coverage.Checked),
        InOrder(coverages.SelectMany(coverage => coverage.Unchecked.AsImmutableArray())
            .GroupBy(group => (group.Reason, group.Subject))
            .Select(same => new UncheckedGroup(
                same.Key.Reason,
                same.Key.Subject,
                same.Sum(group => group.Components),
                same.Sum(group => group.Places),
                [.. same.SelectMany(group => group.Examples.AsImmutableArray()).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal).Take(CheckCoverageBuilder.MostExamples)]))));

    /// <summary>Groups in the order in which they are shown: those with the most components first.</summary>
    internal static EquatableArray<UncheckedGroup> InOrder(IEnumerable<UncheckedGroup> groups) =>
        [.. groups.OrderByDescending(group => group.Components).ThenBy(group => group.Reason).ThenBy(group => group.Subject, StringComparer.Ordinal)];

    /// <summary>The coverage of an image of which nothing was matched, for one reason: there is no database, it is too old, or nothing was asked.</summary>
    /// <param name="inventory">What is in the image.</param>
    /// <param name="reason">Why nothing was matched.</param>
    /// <param name="subject">What the reason is about, in words.</param>
    public static CheckCoverage Unmatched(ComponentInventory inventory, UncheckedReason reason, string subject = "")
    {
        var builder = new CheckCoverageBuilder();
        if (inventory.Components.IsEmpty)
        {
            builder.AddPlace(reason, subject, null);
        }
        else
        {
            builder.AddUnchecked(reason, subject, null, inventory.Components.Length);
        }

        builder.AddGaps(inventory);

        return builder.Build();
    }
}
