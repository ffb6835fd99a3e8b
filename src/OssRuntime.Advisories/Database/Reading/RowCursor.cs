using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>Goes through the rows of one package.</summary>
internal ref struct RowCursor
{
    private ByteReader _rows;
    private int _left;

    public RowCursor(ReadOnlySpan<byte> section, uint start, int count)
    {
        if (start > (uint)section.Length)
        {
            throw ByteReader.Damaged();
        }

        _rows = new ByteReader(section[(int)start..]);
        _left = count;
    }

    /// <summary>The next row; false at the end.</summary>
    public bool Next(out Row row)
    {
        if (_left-- <= 0)
        {
            row = default;
            return false;
        }

        row = new Row(new ByteReader(_rows.Text()));
        return true;
    }
}
