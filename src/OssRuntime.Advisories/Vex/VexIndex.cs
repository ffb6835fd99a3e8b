using System.Collections.Immutable;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Vex;

/// <summary>
/// VEX statements, ready to be held against findings. Of several on one finding the newest counts, and of those of one instant the last; so does one
/// that takes an earlier one back.
/// </summary>
public sealed class VexIndex
{
    private readonly Dictionary<string, List<VexStatement>> _byFlaw = new(StringComparer.Ordinal);

    /// <summary>An index of these documents, in this order.</summary>
    public VexIndex(IEnumerable<VexDocument> documents)
    {
        foreach (var statement in documents.SelectMany(document => document.Statements))
        {
            Count++;
            foreach (var flaw in statement.Flaws)
            {
                if (!_byFlaw.TryGetValue(flaw, out var statements))
                {
                    _byFlaw[flaw] = statements = [];
                }

                statements.Add(statement);
            }
        }
    }

    /// <summary>How many statements there are.</summary>
    public int Count { get; }

    /// <summary>The findings with the status that the statements give them; a finding that no statement speaks of is as it was.</summary>
    public ImmutableArray<Finding> Apply(ImmutableArray<Finding> findings, VexSubject subject) =>
        _byFlaw.Count == 0 ? findings : [.. findings.Select(finding => Apply(finding, subject))];

    private Finding Apply(Finding finding, VexSubject subject)
    {
        VexStatement? newest = null;
        foreach (var id in finding.Aliases.Prepend(finding.Id))
        {
            foreach (var statement in _byFlaw.GetValueOrDefault(AdvisoryIds.Canonical(id)) ?? [])
            {
                if ((newest is null || (statement.At ?? default) >= (newest.At ?? default))
                    && statement.Products.Any(product => VexProducts.Covers(product, finding.Component, subject)))
                {
                    newest = statement;
                }
            }
        }

        return newest is null
            ? finding
            : finding with { Status = newest.Status, Vex = new VexVerdict(newest.Source, newest.Justification, newest.Text, newest.At) };
    }
}
