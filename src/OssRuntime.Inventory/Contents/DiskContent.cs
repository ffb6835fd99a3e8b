using Microsoft.Win32.SafeHandles;

namespace OssRuntime.Inventory.Contents;

/// <summary>Bytes in a file.</summary>
internal sealed class DiskContent(SafeFileHandle file, long length, bool isOurs) : RandomContent
{
    public override long Length => length;

    public override int Read(long offset, Span<byte> buffer) => offset < 0 || offset >= length
        ? 0
        : RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - offset)], offset);

    protected override void Dispose(bool disposing)
    {
        if (isOurs)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
