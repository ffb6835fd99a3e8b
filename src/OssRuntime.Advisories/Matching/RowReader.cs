using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Matching;

/// <summary>Puts what a row and its advisory say into words, once it is known to matter.</summary>
internal static class RowReader
{
    /// <summary>A row that holds the version, or speaks of its package.</summary>
    public static MatchedRow Read(AdvisoryDatabase database, Row row, in AdvisoryRecord record, RowOutcome outcome, int range, ComparedVersion version, bool isByCpe = false)
    {
        var facts = AdvisoryFacts.Read(database.Facts, record.Facts);
        string? fixedIn = null;
        var interval = range >= 0 ? StatementText.Interval(row, range, version, out fixedIn) : "";
        var heldBack = outcome == RowOutcome.InRange && row.Flags.HasFlag(RowFlags.HeldBack);
        return new MatchedRow
        {
            Advisory = row.Advisory,
            IdNumber = record.Id,
            Id = database.Id(record.Id),
            Source = database.Source(record),
            Kind = record.Kind,
            Facts = facts,
            Affected = outcome is RowOutcome.InRange or RowOutcome.Listed,
            HeldBack = heldBack,
            Matched = outcome switch
            {
                RowOutcome.Listed => $"= {version.Text}",
                RowOutcome.InRange when heldBack => $"{interval} (held back: legitimate releases of the package are known)",
                RowOutcome.InRange => interval,
                _ => $"not affected: {StatementText.All(row)}",
            },
            IsByCpe = isByCpe,
            State = fixedIn is not null ? FixState.Fixed : row.Flags.State(),
            FixedIn = fixedIn,
            Vectors = Vectors(row, facts),
            SeverityWord = facts.Word is { } word ? database.Text(word) : null,
        };
    }

    /// <summary>
    /// True for the version that npm puts in the place of a package it took away (<c>0.0.1-security</c>): it holds a notice and nothing else.
    /// </summary>
    public static bool IsPlaceholder(in AdvisoryRecord record, string ecosystem, string version) =>
        record.Kind == AdvisoryKind.Malware && ecosystem == "npm" && version.Contains("-security", StringComparison.Ordinal);

    private static uint[] Vectors(Row row, AdvisoryFacts facts)
    {
        var statement = row.Statement;
        var count = statement.Varint();
        if (count == 0)
        {
            return facts.Vectors;
        }

        if (count > (uint)statement.Remaining)
        {
            throw ByteReader.Damaged();
        }

        var vectors = new uint[count];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = statement.Varint();
        }

        return vectors;
    }
}
