using System.Buffers;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>
/// The list of files in a .NET bundle: version, count, an id, in newer versions where two of the files are, then an entry for each file.
/// </summary>
internal static class BundleManifest
{
    private const int FirstWithPlaces = 2;
    private const int PlacesLength = 40;
    private const int FirstWithCompression = 6;
    private const int MostFiles = 100_000;
    private const int LongestName = 4096;
    private const int LargestDeps = 64 << 20;
    private const byte DepsJsonFile = 3;

    /// <summary>Reads the deps.json that is bundled.</summary>
    /// <param name="content">The end of the program, from where its own code ends.</param>
    /// <param name="offset">Where the list begins.</param>
    /// <param name="context">Takes what is found.</param>
    public static void Report(RandomContent content, long offset, ExtractionContext context)
    {
        using var stream = new SeekableContentStream(content);
        using var reader = new BinaryReader(stream);
        try
        {
            stream.Seek(offset, SeekOrigin.Begin);
            var version = reader.ReadUInt32();
            reader.ReadUInt32();
            var count = reader.ReadInt32();
            ReadName(reader);
            stream.Seek(version >= FirstWithPlaces ? PlacesLength : 0, SeekOrigin.Current);
            if (count is < 0 or > MostFiles)
            {
                throw new InvalidDataException("it states an impossible number of files");
            }

            for (var i = 0; i < count; i++)
            {
                var (start, size) = (reader.ReadInt64(), reader.ReadInt64());
                var compressed = version >= FirstWithCompression ? reader.ReadInt64() : 0;
                var type = reader.ReadByte();
                ReadName(reader);
                if (type == DepsJsonFile && compressed == 0)
                {
                    ReportDeps(content, start, size, context);
                    return;
                }
            }

            context.AddUnknown("it is a .NET bundle without a deps.json");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            context.AddUnknown("it is a .NET bundle whose list of files is broken");
        }
    }

    private static void ReadName(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        if (length is < 0 or > LongestName)
        {
            throw new InvalidDataException("a name is too long");
        }

        reader.BaseStream.Seek(length, SeekOrigin.Current);
    }

    private static void ReportDeps(RandomContent content, long start, long size, ExtractionContext context)
    {
        if (size is < 0 or > LargestDeps)
        {
            throw new InvalidDataException("the deps.json is too large");
        }

        var deps = ArrayPool<byte>.Shared.Rent((int)size);
        try
        {
            if (!content.TryReadExactly(start, deps.AsSpan(0, (int)size)))
            {
                throw new InvalidDataException("the deps.json lies elsewhere");
            }

            DepsJson.Report(deps.AsSpan(0, (int)size), context);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(deps);
        }
    }
}
