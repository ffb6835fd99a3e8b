using System.Buffers;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Executables;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// <c>Packages</c> as a hash of Berkeley DB (db_page.h): every page of the hash has pairs of entries, a package's number and its header; what does not
/// fit into a page lies in a chain of others. Pages are gone through in their order in the file, so no chain of them can lead in a circle
/// but that of a header, which has as many bytes as it says.
/// </summary>
internal sealed class BerkeleyDatabase
{
    private const uint HashMagic = 0x0006_1561;
    private const int KeySize = 4;
    private const byte InPage = 1;
    private const byte OffPage = 3;
    private const int LargestPage = 64 << 10;
    private const int SmallestPage = 512;

    private readonly RandomContent _file;
    private readonly RpmBlobs _blobs;
    private readonly bool _isBigEndian;
    private readonly int _pageSize;

    private BerkeleyDatabase(RandomContent file, RpmBlobs blobs, bool isBigEndian, int pageSize)
    {
        _file = file;
        _blobs = blobs;
        _isBigEndian = isBigEndian;
        _pageSize = pageSize;
    }

    /// <summary>False where the file is no such database.</summary>
    public static bool TryRead(RandomContent file, RpmBlobs blobs)
    {
        Span<byte> meta = stackalloc byte[72];
        if (!file.TryReadExactly(0, meta))
        {
            return false;
        }

        var isBigEndian = new HeaderFields(meta, isBigEndian: true).U32(12) == HashMagic;
        var fields = new HeaderFields(meta, isBigEndian);
        if (fields.U32(12) != HashMagic)
        {
            return false;
        }

        var pageSize = fields.U32(20);
        if (meta[24] != 0 || pageSize is < SmallestPage or > LargestPage || (pageSize & (pageSize - 1)) != 0)
        {
            blobs.Problem(meta[24] != 0 ? "it is encrypted" : $"it states pages of {pageSize} bytes");
            return true;
        }

        if (fields.U32(32) * (long)pageSize >= file.Length)
        {
            blobs.Problem("it ends before its last page");
        }

        new BerkeleyDatabase(file, blobs, isBigEndian, (int)pageSize).Read();
        return true;
    }

    private void Read()
    {
        var page = ArrayPool<byte>.Shared.Rent(_pageSize);
        try
        {
            for (long number = 1; number * _pageSize < _file.Length; number++)
            {
                var bytes = page.AsSpan(0, _pageSize);
                if (!_file.TryReadExactly(number * _pageSize, bytes))
                {
                    _blobs.Problem("it ends inside a page");
                    return;
                }

                var head = Head(bytes);
                if (head.Type is BerkeleyPage.Hash or BerkeleyPage.UnsortedHash)
                {
                    ReadPairs(bytes, head);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(page);
        }
    }

    private void ReadPairs(ReadOnlySpan<byte> page, BerkeleyPage head)
    {
        if (BerkeleyPage.HeaderSize + (head.Entries * 2) > page.Length || (head.Entries & 1) != 0)
        {
            _blobs.Problem($"page {head.Number} has an impossible number of entries");
            return;
        }

        var fields = new HeaderFields(page, _isBigEndian);
        for (var i = 0; i < head.Entries; i += 2)
        {
            var key = Entry(page, fields, i);
            var value = Entry(page, fields, i + 1);
            if (key.Length != KeySize + 1 || value.IsEmpty)
            {
                _blobs.Problem($"entry {i} of page {head.Number} is not a package");
            }
            else if (key[1..].ContainsAnyExcept((byte)0))
            {
                ReadValue(value);
            }
        }
    }

    /// <summary>An entry's type and content. Entries fill a page from its end, each up to where the one before it begins.</summary>
    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> page, HeaderFields fields, int index)
    {
        var start = fields.U16(BerkeleyPage.HeaderSize + (index * 2));
        var end = index == 0 ? page.Length : fields.U16(BerkeleyPage.HeaderSize + ((index - 1) * 2));
        return start < BerkeleyPage.HeaderSize || start >= end || end > page.Length ? [] : page[start..end];
    }

    private void ReadValue(ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case InPage:
                _blobs.Take(value[1..]);
                break;
            case OffPage when value.Length >= 12:
                var fields = new HeaderFields(value, _isBigEndian);
                ReadChain(fields.U32(4), fields.U32(8));
                break;
            default:
                _blobs.Problem("a package is kept in a way that is not known");
                break;
        }
    }

    private void ReadChain(uint number, uint length)
    {
        var header = _blobs.Reserve(length);
        if (header.IsEmpty)
        {
            return;
        }

        var rest = header;
        Span<byte> start = stackalloc byte[BerkeleyPage.HeaderSize];
        while (!rest.IsEmpty)
        {
            var at = number * (long)_pageSize;
            var head = number != 0 && _file.TryReadExactly(at, start) ? Head(start) : default;
            var count = Math.Min(head.HighOffset, rest.Length);
            if (head.Type != BerkeleyPage.Overflow || count == 0 || count > _pageSize - BerkeleyPage.HeaderSize
                || !_file.TryReadExactly(at + BerkeleyPage.HeaderSize, rest[..count]))
            {
                _blobs.Problem("the pages of a package's header do not follow one another");
                return;
            }

            rest = rest[count..];
            number = head.Next;
        }

        _blobs.Take(header);
    }

    private BerkeleyPage Head(ReadOnlySpan<byte> page)
    {
        var fields = new HeaderFields(page, _isBigEndian);
        return new BerkeleyPage(fields.U32(8), fields.U32(16), fields.U16(20), fields.U16(22), page[25]);
    }
}
