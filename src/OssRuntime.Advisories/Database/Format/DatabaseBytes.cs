using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>
/// The bytes of a database file for reading, and the one place of this room that touches a pointer. Either they are a copy in memory, which nobody can change, or the file
/// itself is mapped: its pages belong to the page cache and cost no memory of the process, but a mapped file that somebody cuts ends the process.
/// </summary>
internal sealed unsafe class DatabaseBytes : IDisposable
{
    private const int Chunk = 1 << 20;

    private readonly IDisposable? _mapping;
    private readonly byte* _start;

    private DatabaseBytes(byte* start, long length, DateTimeOffset writtenAt, IDisposable? mapping)
    {
        _start = start;
        (Length, WrittenAt, _mapping) = (length, writtenAt, mapping);
    }

    /// <summary>The file's length when it was opened.</summary>
    public long Length { get; }

    /// <summary>When the file was last written to, as the file system says.</summary>
    public DateTimeOffset WrittenAt { get; }

    /// <summary>Reads a file into memory, outside the collected heap.</summary>
    /// <exception cref="IOException">It cannot be read, it is empty, or it became shorter meanwhile.</exception>
    public static DatabaseBytes Read(string path)
    {
        using var file = Open(path, out var length, out var written);
        var start = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            for (long at = 0; at < length;)
            {
                var read = RandomAccess.Read(file.SafeFileHandle, new Span<byte>(start + at, (int)Math.Min(Chunk, length - at)), at);
                at += read > 0 ? read : throw new IOException("the file became shorter while it was read");
            }

            return new DatabaseBytes(start, length, written, null);
        }
        catch
        {
            NativeMemory.Free(start);
            throw;
        }
    }

    /// <summary>Maps a file that nobody writes to in place.</summary>
    /// <exception cref="IOException">It cannot be opened, or it is empty.</exception>
    public static DatabaseBytes Map(string path)
    {
        var stream = Open(path, out var length, out var written);
        try
        {
            var file = MemoryMappedFile.CreateFromFile(
                stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new DatabaseBytes(start + view.PointerOffset, length, written, new Mapping(file, view));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file; the caller sees to it that the file stays open while it reads them.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
        {
            throw ByteReader.Damaged();
        }

        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_mapping is null)
        {
            NativeMemory.Free(_start);
        }
        else
        {
            _mapping.Dispose();
        }
    }

    private static FileStream Open(string path, out long length, out DateTimeOffset written)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        length = stream.Length;
        written = new DateTimeOffset(File.GetLastWriteTimeUtc(stream.SafeFileHandle), TimeSpan.Zero);
        if (length > 0)
        {
            return stream;
        }

        stream.Dispose();
        throw new IOException("the file is empty");
    }

    private sealed class Mapping(MemoryMappedFile file, MemoryMappedViewAccessor view) : IDisposable
    {
        public void Dispose()
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        }
    }
}
