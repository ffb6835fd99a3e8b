using System.Security.Cryptography;

namespace OssRuntime.Floor;

/// <summary>A file that is hashed while it is read.</summary>
internal sealed class HashedBlob(string path) : Stream
{
    private readonly FileStream _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[128 << 10];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads what the inflater left, and finishes the hash.</summary>
    public void ReadToEnd()
    {
        while (Refill())
        {
            // The hash is of everything.
        }

        _hash.GetHashAndReset();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !Refill())
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Refill()
    {
        _start = 0;
        _end = _file.Read(_buffer);
        _hash.AppendData(_buffer, 0, _end);
        return _end > 0;
    }
}
