using System.Buffers.Binary;
using OssRuntime.Inventory.Layers;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>The files of a package: names, and for each the directory it is in.</summary>
internal static class RpmFiles
{
    private const int MostDirectories = 1_000_000;
    private const byte Normal = 0;

    /// <summary>Hands over those that some extractor reads.</summary>
    public static void Report(string package, RpmHeader header, ExtractionContext context)
    {
        var directories = new List<byte[]>();
        var texts = header.Texts(RpmTag.DirectoryNames);
        while (texts.MoveNext() && directories.Count < MostDirectories)
        {
            directories.Add(texts.Current.TrimStart((byte)'/').ToArray());
        }

        var indexes = header.Numbers(RpmTag.DirectoryIndexes);
        var states = header.Bytes(RpmTag.FileStates);
        var names = header.Texts(RpmTag.BaseNames);
        var paths = new PathListBuilder();
        var path = new byte[512];
        for (var i = 0; names.MoveNext() && (i + 1) * 4 <= indexes.Length; i++)
        {
            var directory = BinaryPrimitives.ReadUInt32BigEndian(indexes[(i * 4)..]);
            if (directory >= directories.Count || (i < states.Length && states[i] != Normal))
            {
                continue;
            }

            var prefix = directories[(int)directory];
            if (path.Length < prefix.Length + names.Current.Length)
            {
                path = new byte[(prefix.Length + names.Current.Length) * 2];
            }

            prefix.CopyTo(path, 0);
            names.Current.CopyTo(path.AsSpan(prefix.Length));
            var whole = path.AsSpan(0, prefix.Length + names.Current.Length);
            if (context.IsWorthOwning(whole))
            {
                paths.Add(whole);
            }
        }

        context.AddOwned(package, null, paths);
    }
}
