using Microsoft.Win32.SafeHandles;
using OssRuntime.Inventory.Layers;

namespace OssRuntime.Inventory.Images;

/// <summary>A part of a file as a stream; several may be read at the same time.</summary>
internal sealed class FileSection(SafeFileHandle file, long offset, long size) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, size - _read);
        var count = wanted == 0 ? 0 : RandomAccess.Read(file, buffer[..wanted], offset + _read);
        _read += count;
        return count;
    }
}
