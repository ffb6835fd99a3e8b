using System.Buffers;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// A window on a stream: contiguous, so that parsers work on spans; from the array pool; never larger than its limit, so that a server
/// that sends one endless line costs no more than that.
/// </summary>
internal sealed class ReceiveBuffer(Stream stream, int limit) : IDisposable
{
    // An object holds at most 1.5 MiB in etcd (its default --max-request-bytes), in protobuf. Go writes a '<' and a control character as six bytes of JSON, so that it
    // is sent as 9 MiB, and its managed fields besides. What is larger, with another etcd, is passed over.
    public const int ObjectLimit = 16 * 1024 * 1024;

    // Large enough for several pods at a read, small enough for the pool's shared buckets.
    private const int InitialSize = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(InitialSize, limit));
    private int _start;
    private int _end;

    /// <summary>What has been received and not consumed.</summary>
    public ReadOnlyMemory<byte> Unread => _bytes.AsMemory(_start, _end - _start);

    /// <summary>True where nothing more can be received before something is consumed.</summary>
    public bool IsFull => _end - _start >= limit;

    /// <summary>Takes bytes off the front.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Receives more; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The unread bytes have reached the limit.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var received = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += received;
        return received > 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        stream.Dispose();
    }

    private void MakeRoom()
    {
        var unread = _end - _start;
        if (unread >= limit)
        {
            throw new InvalidDataException($"the server sent more than {limit} bytes for one object");
        }

        // Moving a remainder that fills less than half is cheaper than growing; growing doubles, so the total of moves stays linear.
        if (_start > 0 && unread <= _bytes.Length / 2)
        {
            _bytes.AsSpan(_start, unread).CopyTo(_bytes);
            (_start, _end) = (0, unread);
        }

        if (_end == _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_bytes.Length * 2, Math.Max(limit, unread + 1)));
            _bytes.AsSpan(_start, unread).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
            (_start, _end) = (0, unread);
        }
    }
}
