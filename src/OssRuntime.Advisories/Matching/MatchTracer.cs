using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>Goes the way of <see cref="PackageMatcher"/> and tells each step.</summary>
internal sealed class MatchTracer(AdvisoryDatabase database, MatchMemory memory)
{
    private readonly PackageMatcher _packages = new(database, memory);

    /// <summary>The whole chain.</summary>
    public MatchTrace Trace(Component component)
    {
        if (component.OwnedBy is { } owner)
        {
            return new MatchTrace(component, $"it was installed by {owner}, so the advisories of its distribution decide", [], []);
        }

        var ecosystems = PackageQueries.Ecosystems(component);
        var known = ecosystems.Where(ecosystem => database.Ecosystem(ecosystem) >= 0).ToList();
        if (known.Count == 0)
        {
            var reason = ecosystems.Count == 0
                ? $"NOT COVERED: the release of {component.Ecosystem} is unknown, so its advisories cannot be looked up"
                : $"NOT COVERED: the database has no data on {component.Ecosystem}";
            return new MatchTrace(component, reason, [], []);
        }

        var lookups = ImmutableArray.CreateBuilder<TraceLookup>();
        foreach (var ecosystem in known)
        {
            var questions = PackageQueries.Of(component, ecosystem);
            lookups.Add(Look(questions.First, component));
            if (questions.Else is { } other && !_packages.TryFindRows(questions.First, out _))
            {
                lookups.Add(Look(other, component));
            }

            if (questions.Also is { } also)
            {
                lookups.Add(Look(also, component));
            }
        }

        var findings = _packages.Match(component).Findings;
        return new MatchTrace(component, Answer(component, findings.Length, [.. lookups.SelectMany(lookup => lookup.Candidates)]), lookups.ToImmutable(), findings);
    }

    private static string Answer(Component component, int findings, ImmutableArray<TraceCandidate> candidates)
    {
        var unknown = candidates.Count(candidate => candidate.Affected is null);
        return candidates.IsEmpty ? $"not affected: {component.Ecosystem} is covered, and no advisory in the database names the package"
            : component.Version.Length == 0 ? $"no version was given: the versions that {candidates.Length} statements on the package speak of"
            : $"{findings} {(findings == 1 ? "flaw" : "flaws")}, of {candidates.Length} statements on the package"
                + (unknown == 0 ? "" : $"; NOT KNOWN for {unknown} of them, because the version cannot be compared");
    }

    private TraceLookup Look(PackageQuery query, Component component)
    {
        var order = ComparedVersion.OrderOf(component, query.Ecosystem);
        var version = new ComparedVersion(query.Version, order);
        var candidates = new List<(uint Advisory, TraceCandidate Candidate)>();
        if (_packages.TryFindRows(query, out var rows))
        {
            while (rows.Next(out var head))
            {
                candidates.Add((head.Advisory, Judge(rows.Read(), query, version)));
            }
        }

        return new TraceLookup(
            query.Ecosystem, query.Name, query.Version, version.Refusal ?? order!.Name, [.. candidates.OrderBy(row => row.Advisory).Select(row => row.Candidate)]);
    }

    private TraceCandidate Judge(Row row, PackageQuery query, ComparedVersion version)
    {
        var record = database.Advisory(row.Advisory);
        var outcome = RowEvaluator.Evaluate(row, version, out var range);
        var (affected, reason) = outcome switch
        {
            _ when version.Text.Length == 0 && !record.Flags.HasFlag(AdvisoryFlags.Withdrawn) => ((bool?)null, "no version was given"),
            _ when record.Flags.HasFlag(AdvisoryFlags.Withdrawn) => (false, "the advisory was withdrawn"),
            RowOutcome.Listed => (true, $"{version.Text} is listed"),
            RowOutcome.InRange when RowReader.IsPlaceholder(record, query.Ecosystem, version.Text) =>
                (false, "the version is the placeholder that npm published in place of the removed package"),
            RowOutcome.InRange when row.Flags.HasFlag(RowFlags.HeldBack) =>
                (false, "held back: it names every version as malicious, but legitimate releases of the package are known"),
            RowOutcome.InRange => (true, $"{version.Text} is within {StatementText.Interval(row, range, version, out _)}"),
            RowOutcome.NotComparable => (null, version.Refusal ?? "the advisory names a version that cannot be compared"),
            _ => (false, $"{version.Text} is not in an affected range and not listed"),
        };
        return new TraceCandidate(database.Id(record.Id), database.Source(record), StatementText.All(row), affected, reason);
    }
}
