using System.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Paths;
using OssRuntime.Inventory.Tar;

namespace OssRuntime.Inventory.Images;

/// <summary>The table of contents of a tar archive on disk: its files can then be read in any order, also several at a time.</summary>
internal sealed class ArchiveDirectory
{
    private const int MostEntries = 1_000_000;
    private const int LongestSpecialEntry = 1 << 20;
    private const int MostLinks = 16;

    private readonly string _path;
    private readonly Dictionary<string, ArchiveEntry> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);

    private ArchiveDirectory(string path) => _path = path;

    /// <summary>Reads the headers of an archive, from one to the next.</summary>
    /// <exception cref="InventoryException">There is no such file, or it is no tar archive.</exception>
    public static ArchiveDirectory Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var directory = new ArchiveDirectory(path);
            directory.Scan(file);
            return directory;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException(FailureReason.SourceNotFound, $"there is no file '{path}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Opens a file, through links inside the archive; null where there is none.</summary>
    public Stream? Open(string name)
    {
        for (var hops = 0; hops < MostLinks; hops++)
        {
            if (_files.TryGetValue(name, out var entry))
            {
                return new ArchiveStream(_path, entry);
            }

            if (!_links.TryGetValue(name, out name!))
            {
                return null;
            }
        }

        return null;
    }

    private void Scan(FileStream file)
    {
        var header = new byte[TarHeader.BlockSize];
        byte[]? longName = null;
        for (var entries = 0; ; entries++)
        {
            if (entries == MostEntries)
            {
                throw new InventoryException(FailureReason.LimitExceeded, $"the archive has more than {MostEntries} entries");
            }

            var read = file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
            if (read == 0 || (read == header.Length && TarHeader.IsZero(header) && entries > 0))
            {
                return;
            }

            if (read < header.Length || !TarHeader.HasValidChecksum(header) || !TarHeader.TrySize(header, out var size))
            {
                throw NoArchive(header);
            }

            var content = file.Position;
            longName = Take(file, header, size, longName);
            var end = content + size + (-size & (TarHeader.BlockSize - 1));
            if (end < content || end > file.Length + TarHeader.BlockSize)
            {
                throw new InventoryException(FailureReason.SourceInvalid, "the archive ends inside a file");
            }

            file.Position = end;
        }
    }

    /// <summary>Enters a file or link; the long name for the next entry where this one is that.</summary>
    private byte[]? Take(FileStream file, ReadOnlySpan<byte> header, long size, byte[]? longName)
    {
        var flag = TarHeader.TypeFlag(header);
        switch (flag)
        {
            case (byte)'L' or (byte)'x' when size is > 0 and <= LongestSpecialEntry:
                var content = new byte[size];
                file.ReadExactly(content);
                return flag == 'L' ? content.AsSpan().TrimEnd((byte)0).ToArray() : PaxRecords.TryParse(content, out var pax) ? pax.Path : null;
            case 0 or (byte)'0' or (byte)'7':
                _files[Name(header, longName)] = new ArchiveEntry(file.Position, size);
                return null;
            case (byte)'1' or (byte)'2':
                var name = Name(header, longName);
                var directory = flag == '2' ? name[..Math.Max(0, name.LastIndexOf('/'))] : "";
                _links[name] = Normal(Encoding.UTF8.GetBytes($"{directory}/{Encoding.UTF8.GetString(TarHeader.LinkName(header))}"));
                return null;
            default:
                return null;
        }
    }

    private static string Name(ReadOnlySpan<byte> header, byte[]? longName) => Normal(longName
        ?? (TarHeader.Prefix(header).IsEmpty ? TarHeader.Name(header).ToArray() : [.. TarHeader.Prefix(header), (byte)'/', .. TarHeader.Name(header)]));

    private static string Normal(byte[] raw)
    {
        var normal = new byte[raw.Length];
        return Encoding.UTF8.GetString(normal, 0, LayerPath.Normalize(raw, normal));
    }

    private static InventoryException NoArchive(ReadOnlySpan<byte> header) => new(
        FailureReason.SourceInvalid,
        header.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) || header.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
            ? "the archive is compressed as a whole: unpack it first, its layers may stay compressed"
            : "the file is not a valid tar archive");
}
