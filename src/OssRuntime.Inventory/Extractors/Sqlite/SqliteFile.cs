using System.Buffers.Binary;
using System.Text;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Sqlite;

/// <summary>
/// Reads tables of a SQLite database (sqlite.org/fileformat2.html) without SQLite: the file comes from outside, may be damaged or made to do damage, and is
/// nowhere on disk by a name. Each page is visited once at most.
/// </summary>
internal sealed class SqliteFile
{
    private const int HeaderSize = 100;
    private const byte Leaf = 0x0D;
    private const byte Interior = 0x05;
    private const int SchemaName = 1;
    private const int SchemaRoot = 3;
    private const int LongestSchemaRow = 512;

    private readonly RandomContent _content;
    private readonly ExtractionContext _context;
    private readonly int _pageSize;
    private readonly int _usable;

    /// <summary>Reads the file's header.</summary>
    /// <param name="content">The file.</param>
    /// <param name="context">Takes what could not be read.</param>
    /// <exception cref="InvalidDataException">It is no database.</exception>
    public SqliteFile(RandomContent content, ExtractionContext context)
    {
        _content = content;
        _context = context;
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!content.TryReadExactly(0, header))
        {
            throw new InvalidDataException("it ends inside its header");
        }

        int size = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        _pageSize = size == 1 ? 65536 : size;
        _usable = _pageSize - header[20];
        if (_pageSize < 512 || (_pageSize & (_pageSize - 1)) != 0 || _usable < 480)
        {
            throw new InvalidDataException($"it states pages of {_pageSize} bytes");
        }

        // The count of pages is only kept by writers that know of it; they leave a mark.
        var isCounted = header.Slice(24, 4).SequenceEqual(header.Slice(92, 4));
        if (isCounted && BinaryPrimitives.ReadUInt32BigEndian(header[28..]) * (long)_pageSize > content.Length)
        {
            context.AddUnknown("it ends before its last page");
        }
    }

    /// <summary>How every database begins.</summary>
    public static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>The first page of a table; null where there is none of this name.</summary>
    public uint? FindTable(string name)
    {
        uint? found = null;
        Walk(1, cell =>
        {
            Span<byte> row = stackalloc byte[LongestSchemaRow];
            row = row[..cell.Read(row)];
            if (SqliteRecord.TryColumn(row, SchemaName, out var at, out var length) && at + length <= row.Length
                && Encoding.UTF8.GetString(row.Slice((int)at, (int)length)) == name
                && SqliteRecord.TryColumn(row, SchemaRoot, out at, out length) && length is > 0 and <= 4 && at + length <= row.Length)
            {
                uint root = 0;
                foreach (var b in row.Slice((int)at, (int)length))
                {
                    root = (root << 8) | b;
                }

                found ??= root;
            }
        });
        return found;
    }

    /// <summary>Shows every row of a table.</summary>
    /// <param name="root">The table's first page.</param>
    /// <param name="visit">Gets a row's record.</param>
    public void Walk(uint root, Action<SqliteCell> visit)
    {
        var seen = new HashSet<uint>();
        var open = new Stack<uint>([root]);
        var page = new byte[_pageSize];
        while (open.TryPop(out var number))
        {
            if (number == 0 || !seen.Add(number) || !_content.TryReadExactly((number - 1L) * _pageSize, page))
            {
                _context.AddUnknown(number != 0 && seen.Contains(number) && (number - 1L) * _pageSize < _content.Length - _pageSize
                    ? $"its pages lead in a circle to page {number}"
                    : $"it has no page {number}");
                continue;
            }

            var start = number == 1 ? HeaderSize : 0;
            switch (page[start])
            {
                case Leaf:
                    VisitCells(page, start, number, visit);
                    break;
                case Interior:
                    OpenChildren(page, start, number, open);
                    break;
                default:
                    _context.AddUnknown($"page {number} belongs to no table");
                    break;
            }
        }
    }

    private void VisitCells(byte[] page, int start, uint number, Action<SqliteCell> visit)
    {
        foreach (var at in Cells(page, start, 8, number))
        {
            var rest = page.AsSpan(at);
            if (SqliteRecord.TryVarint(ref rest, out var length) && SqliteRecord.TryVarint(ref rest, out _) && length >= 0)
            {
                visit(new SqliteCell(_content, page, _pageSize - rest.Length, length, _pageSize, _usable));
            }
            else
            {
                _context.AddUnknown($"a cell of page {number} is broken");
            }
        }
    }

    private void OpenChildren(byte[] page, int start, uint number, Stack<uint> open)
    {
        open.Push(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(start + 8)));
        var cells = Cells(page, start, 12, number);
        for (var i = cells.Count - 1; i >= 0; i--)
        {
            open.Push(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(cells[i])));
        }
    }

    private List<int> Cells(byte[] page, int start, int headerSize, uint number)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(start + 3));
        var cells = new List<int>(Math.Min((int)count, 256));
        for (var i = 0; i < count; i++)
        {
            var pointer = start + headerSize + (i * 2);
            var at = pointer + 2 <= _pageSize ? BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(pointer)) : 0;
            if (at == 0 || at > _pageSize - 4)
            {
                _context.AddUnknown($"page {number} has an impossible number of cells");
                break;
            }

            cells.Add(at);
        }

        return cells;
    }
}
