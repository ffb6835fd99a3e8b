using Microsoft.Win32.SafeHandles;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Images;

/// <summary>The content of one file of an archive.</summary>
internal sealed class ArchiveStream(string archive, ArchiveEntry entry) : ReadOnlyStream
{
    private readonly SafeFileHandle _file = File.OpenHandle(archive, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, entry.Size - _position);
        var read = count == 0 ? 0 : RandomAccess.Read(_file, buffer[..count], entry.Offset + _position);
        _position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }
}
