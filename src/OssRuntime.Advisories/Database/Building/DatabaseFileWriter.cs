using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Writes sections one after another, each with its checksum, and the preamble last.</summary>
internal sealed class DatabaseFileWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly ImmutableArray<Section>.Builder _sections = ImmutableArray.CreateBuilder<Section>();
    private readonly XxHash3 _hash = new();
    private string _name = "";
    private long _start;

    /// <summary>Begins a file, replacing what is there.</summary>
    public DatabaseFileWriter(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1 << 16);
        _file.Write(new byte[DatabaseFormat.Preamble]);
    }

    /// <summary>A whole section.</summary>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        Begin(name);
        Append(content);
        End();
    }

    /// <summary>Begins a section that is written in parts.</summary>
    public void Begin(string name)
    {
        while (_file.Position % DatabaseFormat.Alignment != 0)
        {
            _file.WriteByte(0);
        }

        (_name, _start) = (name, _file.Position);
    }

    /// <summary>A part of the section.</summary>
    public void Append(ReadOnlySpan<byte> content)
    {
        _hash.Append(content);
        _file.Write(content);
    }

    /// <summary>Ends the section.</summary>
    public void End()
    {
        Span<byte> checksum = stackalloc byte[8];
        _hash.GetHashAndReset(checksum);
        _sections.Add(new Section(
            _name, _start, _file.Position - _start, BinaryPrimitives.ReadUInt64BigEndian(checksum)));
    }

    /// <summary>Writes the preamble and waits until all is on the disk.</summary>
    public Preamble Finish()
    {
        var preamble = new Preamble(DatabaseFormat.Major, DatabaseFormat.Minor, _file.Position, _sections.ToImmutable());
        _file.Position = 0;
        _file.Write(preamble.Write());
        _file.Flush(flushToDisk: true);
        return preamble;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
