using System.Formats.Tar;
using ZstdSharp;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>A tar archive, packed by gzip (<c>.tar.gz</c>, <c>.tgz</c>), bzip2 (<c>.tar.bz2</c>) or zstd (<c>.tar.zst</c>), read file by file in one pass.</summary>
internal static class TarFile
{
    /// <summary>True for the name of an archive.</summary>
    public static bool IsArchive(string name) =>
        name.EndsWith(".tgz", StringComparison.Ordinal)
        || (PackedFile.IsPacked(name) && Path.GetFileNameWithoutExtension(name).EndsWith(".tar", StringComparison.Ordinal));

    /// <summary>The files of an archive that are wanted by name, each with its content; null for one that is too large.</summary>
    /// <exception cref="FeedFileException">The archive is damaged, cut, or unpacks to more than its size allows; files up to there were given.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static IEnumerable<(string Name, byte[]? Content)> Read(string path, Func<string, bool> wanted)
    {
        using var file = File.OpenRead(path);
        using var data = PackedFile.Unpack(file, path);
        using var tar = new TarReader(data);
        var budget = FeedLimits.ExpansionFloor + (FeedLimits.TarExpansionPerByte * file.Length);
        for (var entries = 0; Next(tar) is { } entry; entries++)
        {
            budget -= entry.Length;
            if (budget < 0 || entries > FeedLimits.Entries)
            {
                throw new FeedFileException("the archive unpacks to more than its size allows");
            }

            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && wanted(entry.Name))
            {
                yield return (entry.Name, Content(entry));
            }
        }
    }

    private static TarEntry? Next(TarReader tar)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new FeedFileException("the archive is damaged or cut");
        }
    }

    private static byte[]? Content(TarEntry entry)
    {
        if (entry.Length > FeedLimits.Document)
        {
            return null;
        }

        var content = new byte[entry.Length];
        try
        {
            entry.DataStream?.ReadExactly(content);
            return content;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new FeedFileException("the archive is damaged or cut");
        }
    }

    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or FormatException or ZstdException or ArgumentException or OverflowException or InvalidOperationException or NotSupportedException;
}
