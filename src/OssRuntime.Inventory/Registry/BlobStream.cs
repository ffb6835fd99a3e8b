using System.Net;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// The bytes of a blob as they come. A connection that breaks is replaced by one that goes on where it stopped; one on which nothing
/// comes is given up. Reads block: whoever reads a layer has a thread of its own.
/// </summary>
internal sealed class BlobStream : ReadOnlyStream
{
    /// <summary>Fewer bytes than these in the time of a stall are a stall, or single bytes could hold a reader for days.</summary>
    private const int Progress = 16 << 10;

    private readonly BlobRequest _request;
    private readonly RegistryTransport _transport;
    private readonly RegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly IDisposable _place;
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer _watchdog;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private long _position;
    private long _mark;
    private TimeSpan _patience;
    private TimeSpan _waited;
    private long _received;
    private int _resumes;
    private volatile bool _isStalled;

    /// <summary>Prepares the reading.</summary>
    /// <param name="request">What is asked for, and asked again where a connection breaks.</param>
    /// <param name="transport">Counts what comes in.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="time">The clock of stalls.</param>
    /// <param name="place">The place in the registry's gate; it is given back with the stream.</param>
    public BlobStream(BlobRequest request, RegistryTransport transport, RegistryOptions options, TimeProvider time, IDisposable place)
    {
        _request = request;
        _transport = transport;
        _options = options;
        _time = time;
        _place = place;
        _patience = options.StallTimeout;
        _watchdog = time.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = request.Cancellation.Register(() => _response?.Dispose());
    }

    /// <summary>Opens the connection where the last one stopped.</summary>
    /// <exception cref="InventoryException">The blob can't be had.</exception>
    public async Task OpenAsync()
    {
        var response = await _request.SendAsync(_position);
        _response = response;
        _body = await response.Content.ReadAsStreamAsync(_request.Cancellation);
        if (_position == 0 || (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == _position))
        {
            return;
        }

        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            throw Cut();
        }

        // A registry without ranges sends all of it again.
        var (missing, buffer) = (_position, new byte[64 << 10]);
        while (missing > 0)
        {
            var read = ReadBody(buffer.AsSpan(0, (int)Math.Min(buffer.Length, missing)));
            missing -= read > 0 ? read : throw Cut();
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (true)
        {
            var count = ReadBody(buffer);
            HoldPace();
            if (count > 0)
            {
                _position += count;
                _transport.Received(_response!, count);
                return count;
            }

            if (count == 0 && (_request.Blob.Size < 0 || _position >= _request.Blob.Size))
            {
                return 0;
            }

            Resume();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watchdog.Dispose();
            _registration.Dispose();
            _response?.Dispose();
            _place.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Bytes of the connection; zero at its end, negative where it broke.</summary>
    private int ReadBody(Span<byte> buffer)
    {
        _request.Cancellation.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        _watchdog.Change(_patience, Timeout.InfiniteTimeSpan);
        try
        {
            var count = _body!.Read(buffer);
            _mark += count;
            _received += count;
            return count;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException or InvalidOperationException)
        {
            _request.Cancellation.ThrowIfCancellationRequested();
            return _isStalled ? throw Stalled(e) : -1;
        }
        finally
        {
            // Only the time spent waiting counts, not what the reader does with the bytes.
            _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var waited = _time.GetElapsedTime(started);
            _patience -= waited;
            _waited += waited;
            if (_mark >= Progress || _patience <= TimeSpan.Zero)
            {
                (_mark, _patience) = (0, _options.StallTimeout);
            }
        }
    }

    /// <summary>Few bytes at a time, each in time, would keep a reader for days.</summary>
    private void HoldPace()
    {
        if (_waited > _options.BlobTimeout)
        {
            throw TooSlow($"sent {_received} bytes of blob {_request.Blob.Digest} in {_waited.TotalSeconds:0} s, which is longer than a blob may take");
        }

        if (_waited > _options.StallTimeout && _received < _waited.TotalSeconds * _options.LeastRate)
        {
            throw TooSlow($"sends blob {_request.Blob.Digest} at {_received / _waited.TotalSeconds:0} bytes a second, less than the {_options.LeastRate} that are waited for");
        }
    }

    private void Resume()
    {
        _response?.Dispose();
        while (_resumes++ < _options.Resumes)
        {
            try
            {
#pragma warning disable VSTHRD002 // A reader has a thread of its own, without a synchronization context: nothing can wait for it in a circle.
                OpenAsync().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
                return;
            }
            catch (InventoryException e) when (e.Failure.Reason == FailureReason.RegistryUnreachable)
            {
                // What broke the connection may last for a moment.
            }
        }

        throw Cut();
    }

    private void GiveUp()
    {
        _isStalled = true;
        _response?.Dispose();
    }

    private InventoryException Stalled(Exception inner) => new(
        new InventoryFailure(
            FailureReason.RegistryStalled,
            $"{_request.Endpoint.Registry} sent less than {Progress >> 10} KiB of blob {_request.Blob.Digest} in {_options.StallTimeout.TotalSeconds:0} s",
            Retryable: true),
        inner);

    private InventoryException TooSlow(string what) =>
        new(new InventoryFailure(FailureReason.RegistryStalled, $"{_request.Endpoint.Registry} {what}", Retryable: true));

    private InventoryException Cut() => new(new InventoryFailure(
        FailureReason.BlobCut, $"{_request.Endpoint.Registry} broke off blob {_request.Blob.Digest} after {_position} of {_request.Blob.Size} bytes", Retryable: true));
}
