using System.Collections.Immutable;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Filters;

/// <summary>Takes out what a team has decided about before policies judge: what it leaves for a while, and what an earlier scan found already.</summary>
internal sealed class FindingSieve(ImmutableArray<IgnoredFlaw> ignored, Baseline? baseline)
{
    /// <summary>Takes nothing out.</summary>
    public static FindingSieve Open { get; } = new([], null);

    /// <summary>Reads the files; what has ended is told and counts no more.</summary>
    /// <exception cref="CommandLineException">One cannot be read.</exception>
    public static FindingSieve Read(IEnumerable<string> ignoreFiles, string? baseline, DateOnly day, Warnings warnings)
    {
        var entries = ignoreFiles.SelectMany(file => IgnoreFile.Read(file)).ToLookup(entry => entry.Until >= day);
        foreach (var over in entries[false])
        {
            warnings.Tell($"--ignore of {over.Id} ended on {over.Until:yyyy-MM-dd} and counts no more: {over.Reason}");
        }

        return new FindingSieve([.. entries[true]], baseline is null ? null : Baseline.Read(baseline));
    }

    /// <summary>What is left of findings, and how many were taken out.</summary>
    public SievedFindings Apply(ImmutableArray<Finding> findings)
    {
        var fates = findings.ToLookup(FateOf);
        return new SievedFindings([.. fates[Fate.Stays]], fates[Fate.Ignored].Count(), fates[Fate.Known].Count());
    }

    // What does not affect is told as it is: nobody need decide about it.
    private Fate FateOf(Finding finding) =>
        finding.Status != FindingStatus.Affected ? Fate.Stays
        : ignored.Any(entry => entry.Covers(finding)) ? Fate.Ignored
        : baseline?.Knows(finding) == true ? Fate.Known
        : Fate.Stays;

    private enum Fate
    {
        Stays,
        Ignored,
        Known,
    }
}
