using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>
/// Takes off what a server put around a file: gzip, as a content encoding (RFC 9110, section 8.4.1.3), said or not. Files that are gzip themselves are told by their names,
/// and may come with one wrapping more.
/// </summary>
internal static class FileWrapping
{
    private const int Chunk = 1 << 16;

    /// <summary>The encodings that a file may come in. What is packed already is not packed again.</summary>
    public static string Accepts(string path) => PackedFile.IsPacked(path) || Path.GetExtension(path) is ".zip" or ".tgz" ? "identity" : "gzip, identity;q=0.5";

    /// <summary>Refuses an answer in an encoding that was not asked for.</summary>
    /// <exception cref="FeedFileException">It is in such an encoding.</exception>
    public static void Judge(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentEncoding.FirstOrDefault(encoding => encoding.ToUpperInvariant() is not ("GZIP" or "X-GZIP" or "IDENTITY")) is { } other)
        {
            throw new FeedFileException($"the server sends the file in an encoding that was not asked for: {(other.Length > 20 ? other[..20] : other)}");
        }
    }

    /// <summary>Unpacks a file in its place where it is wrapped.</summary>
    /// <param name="path">The file as it came.</param>
    /// <param name="target">Where it will be put, by whose name it is known what it should be.</param>
    /// <param name="longest">Bytes that it may have.</param>
    /// <exception cref="FeedFileException">It is wrapped, and damaged, cut or too large.</exception>
    public static void TakeOff(string path, string target, long longest)
    {
        if (!IsGzip(path))
        {
            return;
        }

        var unpacked = path + ".unwrapping";
        try
        {
            var isGzip = Path.GetExtension(target) is ".gz" or ".tgz";
            using (var from = new LimitedStream(new GzipUnpacker(File.OpenRead(path)), longest))
            {
                var buffer = new byte[Chunk];
                var read = from.ReadAtLeast(buffer, 2, throwOnEndOfStream: false);
                if (isGzip && buffer is not [0x1f, 0x8b, ..])
                {
                    return;
                }

                using var to = File.Create(unpacked);
                for (; read > 0; read = from.Read(buffer))
                {
                    to.Write(buffer, 0, read);
                }
            }

            File.Move(unpacked, path, overwrite: true);
        }
        catch (InvalidDataException)
        {
            throw new FeedFileException("the answer is gzip that is damaged or cut");
        }
        finally
        {
            File.Delete(unpacked);
        }
    }

    private static bool IsGzip(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> beginning = stackalloc byte[2];
        return file.ReadAtLeast(beginning, 2, throwOnEndOfStream: false) == 2 && beginning is [0x1f, 0x8b];
    }
}
