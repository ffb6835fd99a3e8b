namespace OssRuntime.Kubernetes.Api;

// The lines of a watch, each searched once however it arrives, none larger than an object can be.
internal sealed class LineReader(Stream stream) : IDisposable
{
    private readonly ReceiveBuffer _buffer = new(stream, ReceiveBuffer.ObjectLimit);
    private int _used;

    /// <summary>The line without its end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Goes to the next line that is not empty; false when the stream has ended in good order.</summary>
    /// <exception cref="IOException">It ended inside a line.</exception>
    /// <exception cref="InvalidDataException">The line is too large.</exception>
    public async Task<bool> ReadAsync(Action received, CancellationToken cancellationToken)
    {
        _buffer.Consume(_used);
        _used = 0;
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

            searched = _buffer.Unread.Length;
            if (!await _buffer.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return searched == 0 ? false : throw new IOException("the watch was cut inside an event");
            }

            received();
        }
    }

    public void Dispose() => _buffer.Dispose();
}
