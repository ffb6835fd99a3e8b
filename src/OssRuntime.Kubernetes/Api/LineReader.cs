namespace OssRuntime.Kubernetes.Api;

// The lines of a watch, each searched once however it arrives. Of one that is larger than an object can be its name is kept.
internal sealed class LineReader(Stream stream) : IDisposable
{
    private readonly ReceiveBuffer _buffer = new(stream, ReceiveBuffer.ObjectLimit);
    private int _used;

    /// <summary>True where the line was too large, and <see cref="Line"/> is what <see cref="LargeObject"/> keeps of it.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The line without its end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes to the next line that is not empty; false when the stream has ended in good order.</summary>
    /// <exception cref="IOException">It ended inside a line.</exception>
    /// <exception cref="InvalidDataException">The line does not end.</exception>
    public async Task<bool> ReadAsync(Action received, CancellationToken cancellationToken)
    {
        _buffer.Consume(_used);
        _used = 0;
        IsCut = false;
        var searched = 0;
        while (true)
        {
            var end = _buffer.Unread.Span[searched..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                Line = _buffer.Unread[..(searched + end)];
                _used = Line.Length + 1;
                if (Line.Span.Trim((byte)'\r').Length > 0)
                {
                    return true;
                }

                _buffer.Consume(_used);
                (_used, searched) = (0, 0);
                continue;
            }

            if (_buffer.IsFull)
            {
                await PassOverAsync(received, cancellationToken).ConfigureAwait(false);
                return true;
            }

            searched = _buffer.Unread.Length;
            if (!await _buffer.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return searched == 0 ? false : throw new IOException("the watch was cut inside an event");
            }

            received();
        }
    }

    private async Task PassOverAsync(Action received, CancellationToken cancellationToken)
    {
        var sieve = new JsonSieve(LargeObject.EventPlan, LargeObject.Kept);
        long passed = 0;
        while (true)
        {
            var end = _buffer.Unread.Span.IndexOf((byte)'\n');
            var part = _buffer.Unread[..(end < 0 ? _buffer.Unread.Length : end)];
            sieve.Write(part.Span);
            _buffer.Consume(part.Length);
            passed += part.Length;
            if (end >= 0)
            {
                (_used, Line, IsCut) = (1, sieve.Document, true);
                return;
            }

            if (passed > LargeObject.Endless)
            {
                throw new InvalidDataException("the server sends a line without an end");
            }

            if (!await _buffer.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new IOException("the watch was cut inside an event");
            }

            received();
        }
    }

    public void Dispose() => _buffer.Dispose();
}
