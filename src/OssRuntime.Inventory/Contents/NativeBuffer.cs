using System.Runtime.InteropServices;

namespace OssRuntime.Inventory.Contents;

/// <summary>
/// Bytes for a moment, which are no business of the collector's: it would come sooner for them, carry them about, and keep room for the largest
/// of them long after.
/// </summary>
internal sealed unsafe class NativeBuffer(int length) : IDisposable
{
    private byte* _bytes = (byte*)NativeMemory.Alloc((nuint)length);
    private int _length = length;

    /// <summary>All of them; they hold anything at first.</summary>
    public Span<byte> Bytes => new(_bytes, _length);

    /// <summary>Makes it longer; what is in it stays.</summary>
    public void Grow(int length)
    {
        _bytes = (byte*)NativeMemory.Realloc(_bytes, (nuint)length);
        _length = length;
    }

    /// <summary>The first bytes as a stream, for as long as the buffer lives.</summary>
    public Stream Open(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        return new UnmanagedMemoryStream(_bytes, length);
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        _length = 0;
    }
}
