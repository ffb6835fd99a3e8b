using System.Buffers;

namespace OssRuntime.Inventory.Contents;

/// <summary>
/// Keeps a stream so that it can be read in any order: small ones in memory, large ones in a file that has no name any more once it is
/// open, and so is gone with the process.
/// </summary>
internal sealed class Spool(int memory, string directory)
{
    private const int BufferSize = 64 << 10;

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="size">How many are expected.</param>
    /// <param name="most">How many there may be.</param>
    /// <exception cref="InvalidDataException">There are more.</exception>
    public RandomContent Keep(Stream stream, long size, long most)
    {
        if (stream is FileStream { CanSeek: true } file)
        {
            return new DiskContent(file.SafeFileHandle, Math.Min(size, most), isOurs: false);
        }

        return size <= memory ? KeepInMemory(stream, Math.Min(most, memory)) : KeepOnDisk(stream, most);
    }

    /// <summary>A size that is a lie costs nothing: pages come with the bytes.</summary>
    private static PagedContent KeepInMemory(Stream stream, long most)
    {
        var content = new PagedContent();
        try
        {
            while (content.Append(stream))
            {
                if (content.Length > most)
                {
                    throw TooMuch(most);
                }
            }

            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private DiskContent KeepOnDisk(Stream stream, long most)
    {
        var path = Path.Combine(directory, $"ossruntime-{Path.GetRandomFileName()}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            // Without a name it cannot be left behind.
            File.Delete(path);
            long length = 0;
            int read;
            while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, read), length);
                length += read;
                if (length > most)
                {
                    throw TooMuch(most);
                }
            }

            return new DiskContent(file, length, isOurs: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static InvalidDataException TooMuch(long most) => new($"it holds more than {most} bytes");
}
