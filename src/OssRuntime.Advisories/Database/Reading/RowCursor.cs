using System.Runtime.CompilerServices;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>
/// Goes through the rows of one package, from the highest ceiling to the lowest. Their heads stand together before the statements: whoever
/// wants to know which advisories there are reads a tenth of the bytes.
/// </summary>
internal ref struct RowCursor
{
    private readonly ReadOnlySpan<byte> _heads;
    private readonly int _count;
    private ByteReader _statements;
    private ReadOnlySpan<byte> _statement;
    private int _next;
    private int _read;

    public RowCursor(ByteReader rows, uint count)
    {
        if (count > (uint)(rows.Remaining / RowHead.Size))
        {
            throw ByteReader.Damaged();
        }

        _count = (int)count;
        _heads = rows.Bytes(count * RowHead.Size);
        _statements = rows;
    }

    /// <summary>The next row's head; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next(out RowHead head)
    {
        if (_next >= _count)
        {
            head = default;
            return false;
        }

        head = RowHead.Read(_heads, _next++);
        return true;
    }

    /// <summary>The row whose head came last.</summary>
    public Row Read()
    {
        for (; _read < _next; _read++)
        {
            _statement = _statements.Text();
        }

        return new Row(RowHead.Read(_heads, _next - 1), _statement);
    }
}
