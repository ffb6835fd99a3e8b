using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>What a <see cref="MisbehavingServer"/> does with one request.</summary>
internal sealed class Answer
{
    private readonly byte[] _body;

    private Answer(byte[] body) => _body = body;

    private int Code { get; init; } = 200;

    private string Headers { get; init; } = "";

    /// <summary>The length that is announced; null for none, and the end of the connection ends the body.</summary>
    private int? Announced { get; init; }

    /// <summary>Bytes of the body that are sent before the connection ends, is reset, or falls silent.</summary>
    private int? Sent { get; init; }

    private bool Resets { get; init; }

    private bool FallsSilent { get; init; }

    /// <summary>A good answer with an ETag of its content, to which a request with that ETag gets 304.</summary>
    public static Answer Good(byte[] body) => new(body) { Announced = body.Length, Headers = $"ETag: {Tag(body)}\r\n", Tagged = true };

    public static Answer Good(string body) => Good(Encoding.UTF8.GetBytes(body));

    public static Answer Status(int code, string headers = "", string body = "no") => new(Encoding.UTF8.GetBytes(body)) { Code = code, Announced = body.Length, Headers = headers };

    /// <summary>The same answer, cut after so many bytes although its whole length is announced.</summary>
    public static Answer Cut(byte[] body, int after) => new(body) { Announced = body.Length, Sent = after, Headers = $"ETag: {Tag(body)}\r\n" };

    /// <summary>Cut, and the length of what is sent is announced: only the content tells.</summary>
    public static Answer CutSmoothly(byte[] body, int after) => Good(body[..after]);

    /// <summary>No length is announced, and the connection ends early.</summary>
    public static Answer WithoutLength(byte[] body, int after) => new(body) { Sent = after };

    public static Answer Announcing(byte[] body, int length) => new(body) { Announced = length, Headers = $"ETag: {Tag(body)}\r\n" };

    public static Answer Reset(byte[] body, int after) => new(body) { Announced = body.Length, Sent = after, Resets = true };

    public static Answer Silent(byte[] body, int after) => new(body) { Announced = body.Length, Sent = after, FallsSilent = true };

    public static Answer Encoded(byte[] body, string encoding) => new(encoding == "gzip" ? Gzip(body) : body) { Headers = $"Content-Encoding: {encoding}\r\nETag: {Tag(body)}\r\n", Announced = null };

    /// <summary>Gzip around the file, and no word of it.</summary>
    public static Answer GzipUnsaid(byte[] body) => Good(Gzip(body));

    /// <summary>One byte is another.</summary>
    public static Answer Flipped(byte[] body, int at)
    {
        var flipped = (byte[])body.Clone();
        flipped[at] ^= 0x10;
        return Good(flipped);
    }

    public static Answer Redirect(string to) => new([]) { Code = 302, Announced = 0, Headers = $"Location: {to}\r\n" };

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }

    public async Task GiveAsync(string request, Socket socket, CancellationToken stop)
    {
        if (Tagged && request.Contains($"If-None-Match: {Tag(_body)}", StringComparison.OrdinalIgnoreCase))
        {
            await SendAsync(socket, Encoding.ASCII.GetBytes("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"), stop);
            return;
        }

        var length = Announced is { } announced ? $"Content-Length: {announced.ToString(CultureInfo.InvariantCulture)}\r\n" : "";
        await SendAsync(socket, Encoding.ASCII.GetBytes($"HTTP/1.1 {Code} Answer\r\nConnection: close\r\n{length}{Headers}\r\n"), stop);
        await SendAsync(socket, _body.AsMemory(0, Math.Min(Sent ?? _body.Length, _body.Length)), stop);
        if (FallsSilent)
        {
            // Until the other side gives up.
            await socket.ReceiveAsync(new byte[1], stop);
        }

        if (Resets)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
            return;
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private bool Tagged { get; init; }

    private static string Tag(byte[] body) => $"\"{Convert.ToHexStringLower(System.IO.Hashing.XxHash64.Hash(body))}\"";

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, stop)..];
        }
    }
}
