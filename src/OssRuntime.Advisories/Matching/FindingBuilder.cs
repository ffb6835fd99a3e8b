using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Identifiers;
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
    public static Finding Build(
        AdvisoryDatabase database, uint flawNumber, List<MatchedRow> rows, Component component, bool isOfDistribution, IVersionOrder? order)
    {
        var flaw = FlawRecord.Read(database.Flaws, flawNumber);
        if (rows.Count > 1)
        {
            rows.Sort(CompareRows);
        }

        var affecting = rows.TrueForAll(row => row is { Affected: true, HeldBack: false }) ? rows : rows.FindAll(row => row is { Affected: true, HeldBack: false });
        var believed = affecting.Count > 0 ? affecting : rows.FindAll(row => row.Affected);
        var severity = SeverityRule.Choose(database, flaw, believed, isOfDistribution);
        var id = IdOf(database, flaw.Ids[0], rows);
        var fix = Fix(believed, order);
        var percentile = flaw.Epss is { } probability ? database.EpssPercentile(probability) : null;
        return new Finding
        {
            Id = id,
            Aliases = Aliases(database, flaw, rows, id),
            Component = component,
            Severity = affecting.Count == 0 ? Severity.Unknown
                : affecting.Exists(row => row.Kind == AdvisoryKind.Malware) ? Severity.Malicious
                : severity.Severity,
            Score = severity.Score,
            Vector = severity.Vector,
            VectorReason = severity.Reason,
            Sources = Sources(database, rows),
            MatchedBy = believed.TrueForAll(row => row.IsByCpe) ? MatchBasis.Cpe
                : component.Evidence is not null ? MatchBasis.InferredName
                : MatchBasis.Package,
            KnownExploited = flaw.Exploited,
            Epss = flaw.Epss is { } epss ? Math.Round(epss, 5) : null,
            EpssPercentile = percentile,
            LikelyExploited = percentile is null ? null : percentile >= database.LikelyPercentile,
            FixedIn = fix,
            FixKnownOn = fix is null ? null : FixKnownOn(database, believed),
            FixState = fix is not null ? FixState.Fixed : State(believed),
            Ssvc = flaw.Ssvc,
            Exploits = database.Exploits(flawNumber),
            Status = affecting.TrueForAll(row => row.State == FixState.UnderInvestigation) ? FindingStatus.UnderInvestigation : FindingStatus.Affected,
            Summary = Summary(database, flaw, believed),
        };
    }

    /// <summary>The text of an id: nearly always a row has it already.</summary>
    private static string IdOf(AdvisoryDatabase database, uint id, List<MatchedRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.IdNumber == id)
            {
                return row.Id;
            }
        }

        return database.Id(id);
    }

    /// <summary>The other ids of the flaw, and those of the advisories that speak of it without being one of its names.</summary>
    private static ImmutableArray<string> Aliases(AdvisoryDatabase database, in FlawRecord flaw, List<MatchedRow> rows, string id)
    {
        if (flaw.Ids.Length == 1 && rows is [{ } only] && only.Id == id)
        {
            return [];
        }

        var aliases = new List<string>(flaw.Ids.Length + rows.Count);
        for (var i = 1; i < flaw.Ids.Length; i++)
        {
            aliases.Add(database.Id(flaw.Ids[i]));
        }

        foreach (var row in rows)
        {
            if (row.Affected && row.Id != id && !aliases.Contains(row.Id))
            {
                aliases.Add(row.Id);
            }
        }

        aliases.Sort(StringComparer.Ordinal);
        return [.. aliases];
    }

    private static ImmutableArray<FindingSource> Sources(AdvisoryDatabase database, List<MatchedRow> rows)
    {
        var sources = new FindingSource[rows.Count];
        for (var i = 0; i < sources.Length; i++)
        {
            var row = rows[i];
            var vector = row.Vectors.Length == 0 ? null : database.Text(row.Vectors[0]);
            sources[i] = new FindingSource(row.Id, row.Source, row.Matched, row.FixedIn, vector, row.SeverityWord) { State = row.State };
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sources);
    }

    /// <summary>Sources that affect the version first, the best known ids first among them.</summary>
    private static int CompareRows(MatchedRow left, MatchedRow right)
    {
        var order = right.Affected.CompareTo(left.Affected);
        order = order != 0 ? order : Rank(left).CompareTo(Rank(right));
        order = order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
        order = order != 0 ? order : string.CompareOrdinal(left.Source, right.Source);
        order = order != 0 ? order : left.Advisory.CompareTo(right.Advisory);
        return order != 0 ? order : string.CompareOrdinal(left.Matched, right.Matched);
    }

    private static int Rank(MatchedRow row) => AdvisoryIds.Rank(row.Id, row.Kind == AdvisoryKind.Malware);

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

    /// <summary>The first day on which an advisory that names a fix was already as it is now: the fix is known since then at the latest.</summary>
    private static DateOnly? FixKnownOn(AdvisoryDatabase database, List<MatchedRow> rows)
    {
        var earliest = uint.MaxValue;
        foreach (var row in rows)
        {
            if (row.FixedIn is not null && database.Advisory(row.Advisory).Modified is > 0 and var modified)
            {
                earliest = Math.Min(earliest, modified);
            }
        }

        return earliest == uint.MaxValue ? null : DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(earliest).UtcDateTime);
    }

    /// <summary>What the first source that says so does about it, best known ids first.</summary>
    private static FixState State(List<MatchedRow> rows) => rows.Find(row => row.State != FixState.Unknown)?.State ?? FixState.Unknown;

    /// <summary>The line of a source that matched, or of another advisory on the flaw: some publishers write none.</summary>
    private static string Summary(AdvisoryDatabase database, in FlawRecord flaw, List<MatchedRow> rows)
    {
        foreach (var row in rows)
        {
            if (database.Summary(database.Advisory(row.Advisory)) is { Length: > 0 } line)
            {
                return line;
            }
        }

        foreach (var advisory in flaw.Advisories)
        {
            if (database.Summary(database.Advisory(advisory)) is { Length: > 0 } line)
            {
                return line;
            }
        }

        return "";
    }
}
