using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Naming;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// The one rule by which a finding gets its severity (docs/database.md, "Severity"). The sources are asked in this order, and the first that has
/// an answer gives it:
/// (0) for a distribution's package, the distribution that calls the flaw unimportant or negligible: it knows what it built and how;
/// (1) a vector of an advisory that matched and speaks of this flaw alone;
/// (2) a vector of an advisory that matched and speaks of several flaws, for it rates the worst of them;
/// (3) for a distribution's package, the word of the distribution;
/// (4) a vector of an advisory on the same flaw that did not match, in another ecosystem say;
/// (5) the highest word.
/// Among vectors of one step the newest CVSS version wins, then the better known id.
/// </summary>
internal static class SeverityRule
{
    /// <summary>Scores further apart than this are told on the finding.</summary>
    private const double Disagreement = 2.0;

    /// <summary>The severity for a flaw that these rows state, best known id first.</summary>
    public static ChosenSeverity Choose(AdvisoryDatabase database, FlawRecord flaw, List<MatchedRow> rows, Ecosystem ecosystem)
    {
        var distribution = EcosystemNames.HasReleases(EcosystemNames.WithoutRelease(EcosystemNames.Canonical(ecosystem)));
        if (distribution && rows.Find(row => SeverityWords.IsDismissal(row.SeverityWord)) is { } dismissal)
        {
            return new ChosenSeverity(Severity.Low, null, null, $"{dismissal.Id} of {dismissal.Source} calls it {dismissal.SeverityWord}");
        }

        var alone = Rated(rows.Where(row => row.Facts.Flaws.Length == 1)).ToList();
        var together = Rated(rows.Where(row => row.Facts.Flaws.Length > 1)).ToList();
        if (Newest(alone) is { } own)
        {
            return Of(own, "", alone.Concat(together));
        }

        if (Newest(together) is { } shared)
        {
            return Of(shared, ", which speaks of several flaws", together);
        }

        var word = HighestWord(rows);
        if (word.Severity != Severity.Unknown && distribution)
        {
            return word with { Reason = word.Reason + ", the distribution's own word" };
        }

        var filled = Rated(database, flaw, rows).ToList();
        return Newest(filled) is { } other ? Of(other, ", filled in: no advisory on this package gives a vector", filled) : word;
    }

    private static ChosenSeverity Of(RatedSource chosen, string note, IEnumerable<RatedSource> all)
    {
        var reason = $"{Name(chosen.Vector.Version)} by {chosen.Advisory} of {chosen.Source}{note}";
        foreach (var other in all.Where(other => Math.Abs(other.Vector.Score - chosen.Vector.Score) > Disagreement).DistinctBy(other => other.Advisory))
        {
            reason += $"; {other.Advisory} of {other.Source} says {other.Vector.Score:0.0}";
        }

        return new ChosenSeverity(chosen.Vector.Severity, chosen.Vector.Score, chosen.Vector.Vector, reason);
    }

    private static RatedSource? Newest(List<RatedSource> sources)
    {
        RatedSource? newest = null;
        foreach (var source in sources)
        {
            if (newest is null || source.Vector.Version > newest.Vector.Version)
            {
                newest = source;
            }
        }

        return newest;
    }

    private static IEnumerable<RatedSource> Rated(IEnumerable<MatchedRow> rows) =>
        rows.SelectMany(row => Parsed(row.Vectors).Select(vector => new RatedSource(row.Id, row.Source, vector)));

    /// <summary>The other advisories on the flaw.</summary>
    private static IEnumerable<RatedSource> Rated(AdvisoryDatabase database, FlawRecord flaw, List<MatchedRow> rows)
    {
        var matched = rows.Select(row => row.Advisory).ToHashSet();
        foreach (var number in flaw.Advisories.Where(number => !matched.Contains(number)))
        {
            var record = database.Advisory(number);
            var vectors = AdvisoryFacts.Read(database.Bytes(DatabaseFormat.Facts), record.Facts).Vectors;
            if (vectors.Length == 0 || record.Flags.HasFlag(AdvisoryFlags.Withdrawn))
            {
                continue;
            }

            foreach (var vector in Parsed(vectors.Select(database.Text)))
            {
                yield return new RatedSource(database.Id(record.Id), database.Source(record), vector);
            }
        }
    }

    private static IEnumerable<CvssVector> Parsed(IEnumerable<string> vectors)
    {
        foreach (var text in vectors)
        {
            if (CvssVector.TryParse(text, out var vector, out _))
            {
                yield return vector!;
            }
        }
    }

    private static ChosenSeverity HighestWord(List<MatchedRow> rows)
    {
        var (severity, reason) = (Severity.Unknown, "");
        foreach (var row in rows)
        {
            var word = SeverityWords.Parse(row.SeverityWord);
            if (word > severity)
            {
                (severity, reason) = (word, $"'{row.SeverityWord}' by {row.Id} of {row.Source}");
            }
        }

        return new ChosenSeverity(severity, null, null, reason);
    }

    private static string Name(CvssVersion version) => version switch
    {
        CvssVersion.V2 => "CVSS 2.0",
        CvssVersion.V30 => "CVSS 3.0",
        CvssVersion.V31 => "CVSS 3.1",
        _ => "CVSS 4.0",
    };
}
