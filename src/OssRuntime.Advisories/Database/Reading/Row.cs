using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>What one advisory says about one package: its head, and the statement still to be read.</summary>
internal readonly ref struct Row(RowHead head, ReadOnlySpan<byte> statement)
{
    private readonly ReadOnlySpan<byte> _statement = statement;

    /// <summary>The advisory's number.</summary>
    public uint Advisory { get; } = head.Advisory;

    /// <summary>What is to be known beforehand.</summary>
    public RowFlags Flags { get; } = head.Flags;

    /// <summary>Vectors, ranges, versions, as <c>RowEncoder</c> wrote them, from the beginning each time.</summary>
    public ByteReader Statement => new(_statement);
}
