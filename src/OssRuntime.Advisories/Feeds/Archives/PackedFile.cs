using ZstdSharp;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>Files packed by gzip, bzip2 or zstd, told by their names.</summary>
internal static class PackedFile
{
    /// <summary>True for the name of a packed file.</summary>
    public static bool IsPacked(string name) => Path.GetExtension(name) is ".gz" or ".bz2" or ".zst";

    /// <summary>The name without what says how the file is packed.</summary>
    public static string Unpacked(string name) => IsPacked(name) ? name[..name.LastIndexOf('.')] : name;

    /// <summary>What is in a stream, by the file's name; the stream itself where that is not packed.</summary>
    public static Stream Unpack(Stream file, string name) => Path.GetExtension(name) switch
    {
        ".gz" or ".tgz" => new GzipUnpacker(file),
        ".bz2" => new Bzip2Stream(file),
        ".zst" => new DecompressionStream(file),
        _ => file,
    };

    /// <summary>Opens a file, packed or not, of which no more may be read than its size allows.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return new LimitedStream(Unpack(file, path), FeedLimits.ExpansionFloor + (FeedLimits.ExpansionPerByte * file.Length));
    }

    /// <summary>True for what a damaged or cut file ends in.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or EndOfStreamException or ZstdException;
}
