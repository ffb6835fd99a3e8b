using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Naming;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>Makes one finding of all that advisories say about one flaw of one component.</summary>
internal static class FindingBuilder
{
    /// <summary>
    /// The finding. <paramref name="rows"/> holds at least one row that affects the version; the others, of the same flaw, are kept as
    /// conflicting words.
    /// </summary>
    public static Finding Build(AdvisoryDatabase database, uint flawNumber, List<MatchedRow> rows, Component component, IVersionOrder? order)
    {
        var flaw = FlawRecord.Read(database.Bytes(DatabaseFormat.Flaws), flawNumber);
        rows.Sort(CompareRows);
        var affecting = rows.Where(row => row is { Affected: true, HeldBack: false }).ToList();
        var believed = affecting.Count > 0 ? affecting : rows.Where(row => row.Affected).ToList();
        var malicious = affecting.Exists(row => row.Kind == AdvisoryKind.Malware);
        var severity = SeverityRule.Choose(database, flaw, believed, component.Ecosystem);
        var ids = flaw.Ids.Select(database.Id).ToList();
        return new Finding
        {
            Id = ids[0],
            Aliases = [.. ids.Skip(1).Concat(rows.Where(row => row.Affected).Select(row => row.Id)).Where(id => id != ids[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Component = component,
            Severity = malicious ? Severity.Malicious : affecting.Count == 0 ? Severity.Unknown : severity.Severity,
            Score = severity.Score,
            Vector = severity.Vector,
            VectorReason = severity.Reason,
            Sources = [.. rows.Select(row => new FindingSource(row.Id, row.Source, row.Matched, row.FixedIn, row.Vectors.FirstOrDefault(), row.SeverityWord))],
            KnownExploited = flaw.Exploited,
            Epss = flaw.Epss is { } epss ? Math.Round(epss, 5) : null,
            FixedIn = Fix(believed, order),
            Status = affecting.Count == 0 ? FindingStatus.UnderInvestigation : FindingStatus.Affected,
            Summary = Summary(database, believed),
        };
    }

    /// <summary>Sources that affect the version first, the best known ids first among them.</summary>
    private static int CompareRows(MatchedRow left, MatchedRow right)
    {
        var byAffected = right.Affected.CompareTo(left.Affected);
        if (byAffected != 0)
        {
            return byAffected;
        }

        var byRank = Rank(left).CompareTo(Rank(right));
        byRank = byRank != 0 ? byRank : string.CompareOrdinal(left.Id, right.Id);
        byRank = byRank != 0 ? byRank : string.CompareOrdinal(left.Source, right.Source);
        return byRank != 0 ? byRank : left.Advisory.CompareTo(right.Advisory);
    }

    private static int Rank(MatchedRow row) => AdvisoryIds.Rank(Encoding.UTF8.GetBytes(row.Id), row.Kind == AdvisoryKind.Malware);

    /// <summary>
    /// The highest of the versions that the sources name as the fix of the range they matched: below it, at least one of them still says
    /// affected. Sources that name none have no say.
    /// </summary>
    private static string? Fix(List<MatchedRow> rows, IVersionOrder? order)
    {
        string? highest = null;
        foreach (var row in rows)
        {
            if (row.FixedIn is { } fix && (highest is null || order?.Compare(fix, highest) > 0))
            {
                highest = fix;
            }
        }

        return highest;
    }

    private static string Summary(AdvisoryDatabase database, List<MatchedRow> rows) =>
        rows.Select(row => database.Summary(database.Advisory(row.Advisory))).FirstOrDefault(line => line.Length > 0) ?? "";
}
