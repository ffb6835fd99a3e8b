using System.Security.Cryptography;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Blobs;

/// <summary>
/// Reads a blob in pieces of 64 KiB, hashes what passes and holds it against its descriptor at the end.
/// Whoever used the bytes must call <see cref="Verify"/> before believing them.
/// </summary>
internal sealed class BlobReader : LookaheadStream, IByteCounter
{
    private const int BufferSize = 64 << 10;

    private readonly Stream _source;
    private readonly Digest _digest;
    private readonly long _size;
    private readonly IProgress<long>? _progress;
    private readonly IncrementalHash _hash;
    private readonly NativeBuffer _buffer = new(BufferSize);
    private int _start;
    private int _end;

    /// <summary>Reads what <paramref name="source"/> has.</summary>
    /// <param name="source">The bytes; it is disposed with the reader.</param>
    /// <param name="digest">What they must hash to.</param>
    /// <param name="size">How many they must be; negative where nobody said.</param>
    /// <param name="progress">Is told the bytes read so far.</param>
    public BlobReader(Stream source, Digest digest, long size, IProgress<long>? progress)
    {
        _source = source;
        _digest = digest;
        _size = size;
        _progress = progress;
        _hash = IncrementalHash.CreateHash(digest.Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
    }

    /// <summary>Is told of the bytes, where they count for an image.</summary>
    public ReadingMeter? Meter { get; init; }

    /// <inheritdoc/>
    public long BytesRead { get; private set; }

    public override ReadOnlySpan<byte> Buffered()
    {
        if (_start == _end)
        {
            Refill();
        }

        return _buffer.Bytes[_start.._end];
    }

    public override void Advance(int count) => _start += count;

    /// <summary>The next bytes without taking them; fewer than asked for only at the end. At most 1 KiB may be asked for.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            _buffer.Bytes[_start.._end].CopyTo(_buffer.Bytes);
            _end -= _start;
            _start = 0;
            while (_end < count && Append())
            {
                // More comes in.
            }
        }

        return _buffer.Bytes.Slice(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Reads what is left and compares.</summary>
    /// <exception cref="InventoryException">The bytes are not those that the descriptor names.</exception>
    public void Verify()
    {
        while (Refill())
        {
            // Everything counts, also what follows the archive's end.
        }

        if (_size >= 0 && BytesRead != _size)
        {
            throw new InventoryException(FailureReason.DigestMismatch, $"blob {_digest} has {BytesRead} bytes, its descriptor says {_size}");
        }

        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != _digest.Hex)
        {
            throw new InventoryException(FailureReason.DigestMismatch, $"blob {_digest} has other content than its digest says");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _hash.Dispose();
            _buffer.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Refill()
    {
        _start = _end = 0;
        return Append();
    }

    private bool Append()
    {
        if (_size >= 0 && BytesRead > _size)
        {
            throw new InventoryException(FailureReason.DigestMismatch, $"blob {_digest} has more bytes than the {_size} of its descriptor");
        }

        var count = _source.Read(_buffer.Bytes[_end..]);
        _hash.AppendData(_buffer.Bytes.Slice(_end, count));
        _end += count;
        BytesRead += count;
        Meter?.Received(count);
        _progress?.Report(BytesRead);
        return count > 0;
    }
}
