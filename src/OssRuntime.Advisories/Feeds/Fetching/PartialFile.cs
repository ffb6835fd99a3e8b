using System.Net;
using System.Net.Http.Headers;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>
/// A file on its way. What came before an answer broke off is kept where the server gives a strong ETag, and asked for from there on (RFC 9110,
/// section 14, <c>Range</c> with <c>If-Range</c>): the next try, or the next update, need not begin anew.
/// </summary>
internal sealed class PartialFile(Uri from, FeedFile file, string target, string notes, long longest)
{
    private const int Chunk = 1 << 16;

    private readonly string _path = target + ".fetching";
    private readonly string _notes = notes + ".part";

    /// <summary>Asks for what is missing, where something is there.</summary>
    public void Apply(HttpRequestHeaders headers)
    {
        if (Length is > 0 and var length && FileValidators.Read(_notes, from)?.ETag is { } tag)
        {
            headers.Range = new RangeHeaderValue(length, null);
            headers.TryAddWithoutValidation("If-Range", tag);
        }
    }

    /// <summary>Takes what an answer brings and puts the file in its place once it is whole and is what it should be; the number of bytes that came.</summary>
    /// <exception cref="IOException">The answer was cut.</exception>
    /// <exception cref="FeedFileException">It is not what it should be, or larger than a file may be.</exception>
    public async Task<long> TakeAsync(HttpResponseMessage response, Pace pace, DateTimeOffset now, CancellationToken cancellation)
    {
        FileWrapping.Judge(response);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var validators = new FileValidators(from.AbsoluteUri, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, now, Length: 0);
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == Length;
        if (!goesOn)
        {
            Forget();
            if (response.StatusCode == HttpStatusCode.PartialContent)
            {
                throw new IOException("the server goes on where it was not asked to");
            }
        }

        var keeps = response.Headers.ETag is { IsWeak: false };
        try
        {
            if (keeps)
            {
                validators.Write(_notes);
            }

            var came = await AppendAsync(response, pace, cancellation);
            FileWrapping.TakeOff(_path, target, longest);
            FileCheck.Check(_path, target, file.Key);
            var whole = validators with { Length = new FileInfo(_path).Length };
            File.Move(_path, target, overwrite: true);
            whole.Write(notes);
            Delete(_notes);
            return came;
        }
        catch (Exception exception) when (!keeps || exception is FeedFileException)
        {
            Forget();
            throw;
        }
    }

    /// <summary>Takes away what is there of the file.</summary>
    public void Forget()
    {
        Delete(_path);
        Delete(_notes);
    }

    // A folder that is not there yet has no file in it, which File.Delete takes for a failure.
    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private long Length => File.Exists(_path) ? new FileInfo(_path).Length : 0;

    private async Task<long> AppendAsync(HttpResponseMessage response, Pace pace, CancellationToken cancellation)
    {
        using var part = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var (total, came) = (part.Length, 0L);
        var buffer = new byte[Chunk];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            pace.Came(read);
            if (total == 0)
            {
                RefuseWebPage(buffer.AsSpan(0, read));
            }

            came += read;
            total += read;
            if (total > longest)
            {
                throw new FeedFileException($"the file is larger than {longest >> 20} MiB");
            }

            await part.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return response.Content.Headers.ContentLength is not { } announced || announced == came ? came : throw new IOException($"the answer was cut: {came} of {announced} bytes");
    }

    /// <summary>A proxy or a portal answers with a page and says that all is well. XML is data where XML was asked for.</summary>
    private void RefuseWebPage(ReadOnlySpan<byte> beginning)
    {
        var text = beginning.TrimStart(" \t\r\n\uFEFF"u8);
        if (text is [(byte)'<', ..] && (!target.EndsWith(".xml", StringComparison.Ordinal) || IsPage(text)))
        {
            throw new FeedFileException("the server answers with a web page, not with data");
        }
    }

    private static bool IsPage(ReadOnlySpan<byte> text)
    {
        var head = System.Text.Encoding.ASCII.GetString(text[..Math.Min(text.Length, 1024)]);
        return head.Contains("<html", StringComparison.OrdinalIgnoreCase) || head.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase);
    }
}
