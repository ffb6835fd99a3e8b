using System.Collections.Immutable;
using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>Asks the database about single components. The caller holds a lease.</summary>
internal sealed class PackageMatcher(AdvisoryDatabase database, MatchMemory memory)
{
    private readonly Dictionary<(Ecosystem, bool), List<string>> _ecosystems = [];

    /// <summary>What is known about a component; the findings name the component itself.</summary>
    public PackageMatch Match(Component component)
    {
        var key = new MatchMemory.Key(
            component.Ecosystem, component.Name, component.Version, component.Source, PackageQueries.Module(component), ProgramIdentity.Of(component), component.IsThirdParty, component.Evidence is not null);
        if (memory.Find(key) is not { } match)
        {
            match = MatchNew(component);
            memory.Offer(key, match);
        }

        return match;
    }

    /// <summary>True where the distribution says nothing at all about a package of it: neither that it has a flaw nor that it has none.</summary>
    public bool IsSilentOn(Component package)
    {
        foreach (var ecosystem in Ecosystems(package))
        {
            var questions = PackageQueries.Of(package, ecosystem);
            if (TryFindRows(questions.First, out _)
                || (questions.Else is { } other && TryFindRows(other, out _))
                || (questions.Also is { } also && TryFindRows(also, out _)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The rows that speak of a package under a query, or none.</summary>
    public bool TryFindRows(PackageQuery query, out RowCursor rows)
    {
        rows = default;
        Span<byte> name = stackalloc byte[3 * FeedLimits.Name];
        var ecosystem = database.Ecosystem(query.Ecosystem);
        return ecosystem >= 0 && Encoding.UTF8.TryGetBytes(query.Name, name, out var length)
            && new PackageIndex(database.Packages, database.Rows).TryFind((ushort)ecosystem, name[..length], out rows);
    }

    /// <summary>The ecosystems to ask for a component.</summary>
    public List<string> Ecosystems(Component component)
    {
        if (ProgramIdentity.IsOne(component))
        {
            return PackageQueries.Ecosystems(component);
        }

        var key = (component.Ecosystem, component.Version.Contains("esm", StringComparison.Ordinal));
        if (!_ecosystems.TryGetValue(key, out var ecosystems))
        {
            _ecosystems[key] = ecosystems = PackageQueries.Ecosystems(component);
        }

        return ecosystems;
    }

    private PackageMatch MatchNew(Component component)
    {
        List<MatchedRow>? hits = null;
        string? refusal = null;
        var covered = false;
        var order = ComparedVersion.OrderOf(component);
        var isProgram = ProgramIdentity.IsOne(component);
        foreach (var ecosystem in Ecosystems(component))
        {
            if (database.Ecosystem(ecosystem) < 0)
            {
                continue;
            }

            var questions = PackageQueries.Of(component, ecosystem);
            if (isProgram)
            {
                // Where nobody speaks of a program, silence about it means nothing.
                order = ComparedVersion.OrderOf(component, ecosystem);
                covered |= Ask(questions.First, order, ref hits, ref refusal);
                continue;
            }

            covered = true;
            if (!Ask(questions.First, order, ref hits, ref refusal) && questions.Else is { } other)
            {
                Ask(other, order, ref hits, ref refusal);
            }

            if (questions.Also is { } also)
            {
                Ask(also, order, ref hits, ref refusal);
            }
        }

        if (isProgram && hits is not null)
        {
            AddOtherWords(component, hits);
        }

        return hits is null
            ? (covered && refusal is null ? PackageMatch.None : new PackageMatch([], covered, refusal))
            : new PackageMatch(Findings(hits, component, order), covered, refusal)
            {
                Unmaintained = hits.Find(row => row is { Affected: true, HeldBack: false, Kind: AdvisoryKind.Unmaintained })?.Source,
            };
    }

    /// <summary>Judges the rows of a package; false where it has none.</summary>
    private bool Ask(PackageQuery query, IVersionOrder? order, ref List<MatchedRow>? hits, ref string? refusal)
    {
        if (!TryFindRows(query, out var rows))
        {
            return false;
        }

        Judge(rows, query, new ComparedVersion(query.Version, order), ref hits, ref refusal);
        return true;
    }

    /// <summary>What the publishers of a program's packages say about flaws that only a CPE name led to: they know the program's versions better.</summary>
    private void AddOtherWords(Component component, List<MatchedRow> hits)
    {
        foreach (var ecosystem in Ecosystems(component))
        {
            var query = PackageQueries.Of(component, ecosystem).First;
            if (ecosystem != CpeAffected.Ecosystem && TryFindRows(query, out var rows))
            {
                AddConflicts(rows, new ComparedVersion(query.Version, ComparedVersion.OrderOf(component, ecosystem)), hits);
            }
        }
    }

    /// <summary>All rows that affect the version, and those of the same flaws that do not.</summary>
    private void Judge(RowCursor rows, PackageQuery query, ComparedVersion version, ref List<MatchedRow>? hits, ref string? refusal)
    {
        var again = rows;
        var before = hits?.Count ?? 0;

        // Behind the first row that ends below the version come only such rows.
        while (rows.Next(out var head) && !version.IsAbove(head.Ceiling))
        {
            var row = rows.Read();
            var outcome = RowEvaluator.Evaluate(row, version, out var range);
            if (outcome == RowOutcome.NotComparable && !database.Advisory(row.Advisory).Flags.HasFlag(AdvisoryFlags.Withdrawn))
            {
                refusal ??= version.Refusal ?? "an advisory on it names a version that cannot be compared";
            }

            if (outcome is RowOutcome.InRange or RowOutcome.Listed)
            {
                var record = database.Advisory(row.Advisory);
                if (!record.Flags.HasFlag(AdvisoryFlags.Withdrawn)
                    && (outcome == RowOutcome.Listed || !RowReader.IsPlaceholder(record, query.Ecosystem, version.Text)))
                {
                    (hits ??= []).Add(RowReader.Read(database, row, record, outcome, range, version, isByCpe: query.Ecosystem == CpeAffected.Ecosystem));
                }
            }
        }

        if (hits is not null && hits.Count > before)
        {
            AddConflicts(again, version, hits);
        }
    }

    private void AddConflicts(RowCursor rows, ComparedVersion version, List<MatchedRow> hits)
    {
        HashSet<uint>? flaws = null;
        var records = database.Flaws;
        foreach (var hit in hits)
        {
            foreach (var flaw in hit.Facts.Flaws)
            {
                if (FlawRecord.IsShared(records, flaw))
                {
                    (flaws ??= []).Add(flaw);
                }
            }
        }

        if (flaws is null)
        {
            return;
        }

        var affecting = hits.Select(hit => hit.Advisory).ToHashSet();
        var facts = database.Facts;
        while (rows.Next(out var head))
        {
            if (affecting.Contains(head.Advisory))
            {
                continue;
            }

            var record = database.Advisory(head.Advisory);
            if (!record.Flags.HasFlag(AdvisoryFlags.Withdrawn)
                && AdvisoryFacts.SpeakOfAny(facts, record.Facts, flaws)
                && (version.IsAbove(head.Ceiling) || RowEvaluator.Evaluate(rows.Read(), version, out _) == RowOutcome.NotAffected))
            {
                hits.Add(RowReader.Read(database, rows.Read(), record, RowOutcome.NotAffected, -1, version));
            }
        }
    }

    /// <summary>A finding for each flaw that a row says affects the component, in the order of the flaws.</summary>
    private ImmutableArray<Finding> Findings(List<MatchedRow> hits, Component component, IVersionOrder? order)
    {
        var spokenOf = new List<(uint Flaw, int Row)>(hits.Count);
        for (var row = 0; row < hits.Count; row++)
        {
            foreach (var flaw in hits[row].Facts.Flaws)
            {
                spokenOf.Add((flaw, row));
            }
        }

        spokenOf.Sort();
        var isOfDistribution = EcosystemNames.IsDistribution(component.Ecosystem);
        var findings = ImmutableArray.CreateBuilder<Finding>(spokenOf.Count);
        var rows = new List<MatchedRow>();
        for (var i = 0; i < spokenOf.Count;)
        {
            var flaw = spokenOf[i].Flaw;
            for (rows.Clear(); i < spokenOf.Count && spokenOf[i].Flaw == flaw; i++)
            {
                rows.Add(hits[spokenOf[i].Row]);
            }

            if (rows.Exists(row => row.Affected && (!row.IsByCpe || !rows.Exists(other => !other.IsByCpe && !other.Affected))))
            {
                findings.Add(FindingBuilder.Build(database, flaw, rows, component, isOfDistribution, order));
            }
        }

        return findings.DrainToImmutable();
    }
}
