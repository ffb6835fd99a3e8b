using System.Buffers;
using System.Buffers.Binary;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>The files of packages: names, and for each the directory it is in. One after the other, in the same memory.</summary>
internal sealed class RpmFiles(ExtractionContext context)
{
    private const int MostDirectories = 1_000_000;
    private const byte Normal = 0;

    private readonly PathListBuilder _paths = new();
    private readonly ArrayBufferWriter<byte> _directories = new();
    private readonly List<int> _ends = [];
    private byte[] _path = new byte[512];

    /// <summary>Hands over those that some extractor reads.</summary>
    public void Report(string package, RpmHeader header)
    {
        _paths.Clear();
        ReadDirectories(header);
        var indexes = header.Numbers(RpmTag.DirectoryIndexes);
        var states = header.Bytes(RpmTag.FileStates);
        var names = header.Texts(RpmTag.BaseNames);
        for (var i = 0; names.MoveNext() && (i + 1) * 4 <= indexes.Length; i++)
        {
            var directory = BinaryPrimitives.ReadUInt32BigEndian(indexes[(i * 4)..]);
            if (directory >= _ends.Count || (i < states.Length && states[i] != Normal))
            {
                continue;
            }

            var path = Join(Directory((int)directory), names.Current);
            if (context.IsWorthOwning(path))
            {
                _paths.Add(path);
            }
        }

        context.AddOwned(package, null, _paths);
    }

    private void ReadDirectories(RpmHeader header)
    {
        _directories.ResetWrittenCount();
        _ends.Clear();
        var texts = header.Texts(RpmTag.DirectoryNames);
        while (texts.MoveNext() && _ends.Count < MostDirectories)
        {
            _directories.Write(texts.Current.TrimStart((byte)'/'));
            _ends.Add(_directories.WrittenCount);
        }
    }

    private ReadOnlySpan<byte> Directory(int number) => _directories.WrittenSpan[(number == 0 ? 0 : _ends[number - 1]).._ends[number]];

    private ReadOnlySpan<byte> Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name)
    {
        var length = directory.Length + name.Length;
        if (_path.Length < length)
        {
            _path = new byte[length * 2];
        }

        directory.CopyTo(_path);
        name.CopyTo(_path.AsSpan(directory.Length));
        return _path.AsSpan(0, length);
    }
}
