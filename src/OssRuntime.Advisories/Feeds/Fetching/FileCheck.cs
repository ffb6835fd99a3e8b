using System.Buffers;
using System.Xml;
using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>
/// Looks through a whole file before it takes the place of the last good copy: an archive with its checksums, JSON and XML to their ends, and that there is something in it.
/// What it is, its name says.
/// </summary>
internal static class FileCheck
{
    private const int Chunk = 1 << 16;

    /// <summary>Checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Where it will be put, by whose name it is known what it should be.</param>
    /// <param name="key">The property that JSON must have.</param>
    /// <exception cref="FeedFileException">It is not what it should be; the message says why.</exception>
    public static void Check(string path, string target, string? key)
    {
        try
        {
            if (Path.GetExtension(target) == ".zip")
            {
                CheckZip(path);
                return;
            }

            using var file = File.OpenRead(path);
            var budget = FeedLimits.ExpansionFloor + (FeedLimits.TarExpansionPerByte * file.Length);
            using var data = new LimitedStream(PackedFile.Unpack(file, target), budget);
            switch (Path.GetExtension(PackedFile.Unpacked(target)))
            {
                case ".json":
                    JsonCheck.Check(data, key);
                    break;
                case ".xml":
                    CheckXml(data);
                    break;
                default:
                    CheckText(data, isText: !TarFile.IsArchive(target));
                    break;
            }
        }
        catch (Exception exception) when (PackedFile.IsDamage(exception))
        {
            throw new FeedFileException("the file is damaged or cut");
        }
    }

    private static void CheckZip(string path)
    {
        using var zip = ZipFile.Open(path);
        var entries = 0;
        foreach (var entry in zip.Entries())
        {
            entries++;
            if (entry.Length > FeedLimits.Document)
            {
                continue; // is not read later either
            }

            try
            {
                ArrayPool<byte>.Shared.Return(zip.Read(entry, out _));
            }
            catch (FeedRecordException exception)
            {
                throw new FeedFileException($"{(entry.Name.Length > 80 ? entry.Name[..80] : entry.Name)}: {exception.Message}");
            }
        }

        if (entries == 0)
        {
            throw new FeedFileException("the archive is empty");
        }
    }

    private static void CheckXml(Stream data)
    {
        try
        {
            using var xml = XmlReading.Open(data);
            while (XmlReading.Next(xml))
            {
            }
        }
        catch (XmlException)
        {
            throw new FeedFileException("the file is no XML, or cut");
        }
    }

    /// <summary>Lists and tables: something must be in it, and it must not be an answer in JSON, which servers give for errors.</summary>
    private static void CheckText(Stream data, bool isText)
    {
        var buffer = new byte[Chunk];
        long total = 0;
        int read;
        while ((read = data.ReadAtLeast(buffer, Chunk, throwOnEndOfStream: false)) > 0)
        {
            if (isText && (buffer.AsSpan(0, read).Contains((byte)0) || (total == 0 && buffer.AsSpan(0, read).TrimStart(" \t\r\n\uFEFF"u8) is [] or [(byte)'{' or (byte)'<', ..])))
            {
                throw new FeedFileException("the file is not the list that it should be");
            }

            total += read;
        }

        if (total == 0)
        {
            throw new FeedFileException("the file is empty");
        }
    }
}
