using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Tar;

/// <summary>The bytes of a tar archive, looked at where they lie: only a block that lies in two pieces is copied. Each byte counts against the budget.</summary>
internal sealed class TarInput(LookaheadStream source, ContentBudget budget, CancellationToken cancellation)
{
    private readonly byte[] _block = new byte[TarHeader.BlockSize];

    /// <summary>Bytes that are at hand and counted.</summary>
    private int _ahead;

    /// <summary>Why an archive cannot be read.</summary>
    public static InventoryException Corrupt(string what) => new(FailureReason.LayerCorrupt, $"a layer is not a valid tar archive: {what}");

    /// <summary>The next block, which stays as it is until more is read; fewer bytes only where the archive ends.</summary>
    public ReadOnlySpan<byte> TakeBlock()
    {
        var ahead = Ahead();
        if (ahead.Length >= TarHeader.BlockSize)
        {
            Take(TarHeader.BlockSize);
            return ahead[..TarHeader.BlockSize];
        }

        var length = 0;
        while (length < TarHeader.BlockSize && Ahead() is { IsEmpty: false } bytes)
        {
            var count = Math.Min(TarHeader.BlockSize - length, bytes.Length);
            bytes[..count].CopyTo(_block.AsSpan(length));
            Take(count);
            length += count;
        }

        return _block.AsSpan(0, length);
    }

    /// <summary>Takes bytes of a file, one at least.</summary>
    public int Read(Span<byte> destination)
    {
        var ahead = Content();
        var count = Math.Min(destination.Length, ahead.Length);
        ahead[..count].CopyTo(destination);
        Take(count);
        return count;
    }

    /// <summary>Goes over bytes of a file.</summary>
    public void Skip(long count)
    {
        while (count > 0)
        {
            var taken = (int)Math.Min(count, Content().Length);
            Take(taken);
            count -= taken;
        }
    }

    private ReadOnlySpan<byte> Content() => Ahead() is { IsEmpty: false } bytes ? bytes : throw Corrupt("it ends inside a file");

    private void Take(int count)
    {
        source.Advance(count);
        _ahead -= count;
    }

    /// <summary>The next bytes; none at the end.</summary>
    private ReadOnlySpan<byte> Ahead()
    {
        if (_ahead > 0)
        {
            return source.Buffered();
        }

        cancellation.ThrowIfCancellationRequested();
        ReadOnlySpan<byte> bytes;
        try
        {
            bytes = source.Buffered();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InventoryException(FailureReason.LayerCorrupt, $"a layer does not decompress: {e.Message}", e);
        }

        _ahead = bytes.Length;
        budget.TakeBytes(_ahead);
        return bytes;
    }
}
