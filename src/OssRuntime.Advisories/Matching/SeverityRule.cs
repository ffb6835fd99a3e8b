using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// The one rule by which a finding gets its severity (docs/database.md, "Severity"). The sources are asked in this order, and the first that has
/// an answer gives it:
/// (0) for a distribution's package, the distribution that calls the flaw unimportant or negligible: it knows what it built and how;
/// (1) a vector of an advisory that matched and speaks of this flaw alone;
/// (2) a vector of an advisory that matched and speaks of several flaws, for it rates the worst of them;
/// (3) the highest word of an advisory that matched, a distribution's own among them;
/// (4) a vector of those who assign CVEs and of publishers of languages' packages, on the same flaw;
/// (5) nothing: a vector that only another distribution gives, for its own build of perhaps another program, is named as borrowed and not taken over.
/// Among vectors of one step the newest CVSS version wins, then the better known id.
/// </summary>
internal static class SeverityRule
{
    /// <summary>Scores further apart than this are told on the finding.</summary>
    private const double Disagreement = 2.0;

    /// <summary>The severity for a flaw that these rows state, best known id first.</summary>
    public static ChosenSeverity Choose(AdvisoryDatabase database, in FlawRecord flaw, List<MatchedRow> rows, bool distribution)
    {
        if (distribution && rows.Find(row => SeverityWords.IsDismissal(row.SeverityWord)) is { } dismissal)
        {
            return new ChosenSeverity(Severity.Low, null, null, $"{dismissal.Id} of {dismissal.Source} calls it {dismissal.SeverityWord}");
        }

        List<RatedSource>? rated = null;
        Rate(database, rows, severalFlaws: false, ref rated);
        var alone = rated?.Count ?? 0;
        Rate(database, rows, severalFlaws: true, ref rated);
        if (rated is not null)
        {
            return alone > 0 ? Of(Newest(rated, alone), "", rated) : Of(Newest(rated, rated.Count), ", which speaks of several flaws", rated);
        }

        var word = HighestWord(rows);
        if (word.Severity != Severity.Unknown)
        {
            return distribution ? word with { Reason = word.Reason + ", the distribution's own word" } : word;
        }

        var others = RateOthers(database, flaw, rows);
        var assigned = others.FindAll(source => !SeveritySources.IsOfDistribution(source.Source));
        if (assigned.Count > 0)
        {
            return Of(Newest(assigned, assigned.Count), ", filled in: no advisory on this package gives a vector", assigned);
        }

        return others.Count == 0
            ? word
            : new ChosenSeverity(
                Severity.Unknown, null, null, $"borrowed and not taken over: only {others[0].Advisory} of {others[0].Source}, on a distribution's own build, gives a vector ({others[0].Vector.Score:0.0})");
    }

    private static ChosenSeverity Of(RatedSource chosen, string note, List<RatedSource> all)
    {
        var reason = $"{Name(chosen.Vector.Version)} by {chosen.Advisory} of {chosen.Source}{note}";
        if (all.Count > 1)
        {
            reason += Disagreements(chosen, all);
        }

        return new ChosenSeverity(chosen.Vector.Severity, chosen.Vector.Score, chosen.Vector.Vector, reason);
    }

    private static string Disagreements(RatedSource chosen, List<RatedSource> all)
    {
        var text = new StringBuilder();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in all)
        {
            if (Math.Abs(other.Vector.Score - chosen.Vector.Score) > Disagreement && told.Add(other.Advisory))
            {
                text.Append($"; {other.Advisory} of {other.Source} says {other.Vector.Score:0.0}");
            }
        }

        return text.ToString();
    }

    private static RatedSource Newest(List<RatedSource> sources, int count)
    {
        var newest = sources[0];
        for (var i = 1; i < count; i++)
        {
            newest = sources[i].Vector.Version > newest.Vector.Version ? sources[i] : newest;
        }

        return newest;
    }

    private static void Rate(AdvisoryDatabase database, List<MatchedRow> rows, bool severalFlaws, ref List<RatedSource>? rated)
    {
        foreach (var row in rows)
        {
            if (row.Facts.Flaws.Length > 1 != severalFlaws)
            {
                continue;
            }

            foreach (var number in row.Vectors)
            {
                if (database.Vector(number) is { } vector)
                {
                    (rated ??= new List<RatedSource>(rows.Count)).Add(new RatedSource(row.Id, row.Source, vector));
                }
            }
        }
    }

    /// <summary>The other advisories on the flaw.</summary>
    private static List<RatedSource> RateOthers(AdvisoryDatabase database, in FlawRecord flaw, List<MatchedRow> rows)
    {
        var rated = new List<RatedSource>();
        foreach (var number in flaw.Advisories)
        {
            var record = database.Advisory(number);
            if (rows.Exists(row => row.Advisory == number) || record.Flags.HasFlag(AdvisoryFlags.Withdrawn))
            {
                continue;
            }

            foreach (var text in AdvisoryFacts.Read(database.Facts, record.Facts).Vectors)
            {
                if (database.Vector(text) is { } vector)
                {
                    rated.Add(new RatedSource(database.Id(record.Id), database.Source(record), vector));
                }
            }
        }

        return rated;
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
