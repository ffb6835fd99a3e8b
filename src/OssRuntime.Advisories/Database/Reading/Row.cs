using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>What one advisory says about one package: the advisory's number, flags, and the statement still to be read.</summary>
internal readonly ref struct Row
{
    public Row(ByteReader reader)
    {
        Advisory = reader.Varint();
        Flags = (RowFlags)reader.Byte();
        Statement = reader;
    }

    /// <summary>The advisory's number.</summary>
    public uint Advisory { get; }

    /// <summary>What is to be known beforehand.</summary>
    public RowFlags Flags { get; }

    /// <summary>Vectors, ranges, versions, as <c>RowEncoder</c> wrote them; a copy is read, this one stays at the beginning.</summary>
    public ByteReader Statement { get; }
}
