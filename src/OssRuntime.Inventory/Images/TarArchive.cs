using System.Text;
using Microsoft.Win32.SafeHandles;
using OssRuntime.Inventory.Layers;

namespace OssRuntime.Inventory.Images;

/// <summary>The files of an uncompressed tar on disk, each to be opened where it lies: an image archive is never unpacked.</summary>
internal sealed class TarArchive : IDisposable
{
    private const int MostEntries = 100_000;
    private const int LongestName = 4096;

    private readonly SafeFileHandle _file;
    private readonly Dictionary<string, (long Offset, long Size)> _entries = new(StringComparer.Ordinal);

    private TarArchive(SafeFileHandle file) => _file = file;

    /// <summary>Reads the headers of an archive.</summary>
    /// <exception cref="InventoryException">It is not there, or no tar.</exception>
    public static TarArchive Open(string path)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException(FailureReason.SourceNotFound, $"there is no file '{path}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"'{path}' cannot be opened: {e.Message}", e);
        }

        var archive = new TarArchive(file);
        try
        {
            archive.ReadHeaders();
            return archive;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>True where the archive has a file of that name.</summary>
    public bool Has(string name) => _entries.ContainsKey(name);

    /// <summary>Opens a file; null where there is none.</summary>
    public Stream? TryOpen(string name) => _entries.TryGetValue(name, out var entry) ? new FileSection(_file, entry.Offset, entry.Size) : null;

    /// <summary>The size of a file that is there.</summary>
    public long SizeOf(string name) => _entries[name].Size;

    public void Dispose() => _file.Dispose();

    private void ReadHeaders()
    {
        var header = new byte[TarHeader.BlockSize];
        var length = RandomAccess.GetLength(_file);
        string? longName = null;
        for (long at = 0; at + TarHeader.BlockSize <= length;)
        {
            if (RandomAccess.Read(_file, header, at) != header.Length || TarHeader.IsZero(header))
            {
                break;
            }

            if (!TarHeader.HasValidChecksum(header) || !TarHeader.TrySize(header, out var size) || size > length - at - TarHeader.BlockSize)
            {
                throw new InventoryException(FailureReason.SourceInvalid, "the archive is no tar, or breaks off");
            }

            var content = at + TarHeader.BlockSize;
            switch (TarHeader.TypeFlag(header))
            {
                case (byte)'L' when size <= LongestName:
                    longName = Text(content, (int)size).TrimEnd('\0');
                    break;
                case (byte)'x' when size <= 16 * LongestName:
                    longName = PaxPath(Text(content, (int)size)) ?? longName;
                    break;
                case (byte)'0' or 0:
                    Add(longName ?? NameOf(header), content, size);
                    longName = null;
                    break;
                default:
                    longName = null;
                    break;
            }

            at = content + ((size + TarHeader.BlockSize - 1) / TarHeader.BlockSize * TarHeader.BlockSize);
        }
    }

    private void Add(string name, long offset, long size)
    {
        if (_entries.Count == MostEntries)
        {
            throw new InventoryException(FailureReason.LimitExceeded, $"the archive has more than {MostEntries} files");
        }

        _entries[name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name] = (offset, size);
    }

    private static string NameOf(ReadOnlySpan<byte> header)
    {
        var prefix = Encoding.UTF8.GetString(TarHeader.Prefix(header));
        var name = Encoding.UTF8.GetString(TarHeader.Name(header));
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private string Text(long offset, int size)
    {
        var bytes = new byte[size];
        var read = RandomAccess.Read(_file, bytes, offset);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, read));
    }

    private static string? PaxPath(string records)
    {
        foreach (var record in records.Split('\n'))
        {
            var blank = record.IndexOf(' ', StringComparison.Ordinal);
            if (blank >= 0 && record.AsSpan(blank + 1).StartsWith("path="))
            {
                return record[(blank + 6)..];
            }
        }

        return null;
    }
}
