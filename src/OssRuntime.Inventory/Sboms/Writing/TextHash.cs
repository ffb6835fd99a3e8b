using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Inventory.Sboms.Writing;

/// <summary>The SHA-256 of texts, each with its end. Most have a few bytes, so they are gathered: handing each over costs more than hashing it.</summary>
internal sealed class TextHash : IDisposable
{
    /// <summary>A byte that no UTF-8 has: two texts are never taken for one.</summary>
    private const byte End = 0xFF;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _gathered = new byte[8 << 10];
    private int _length;

    /// <summary>Takes a text; none at all counts as an empty one.</summary>
    public void Add(string? text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0) + 1;
        if (most > _gathered.Length - _length)
        {
            Flush();
        }

        if (most > _gathered.Length)
        {
            _hash.AppendData(Encoding.UTF8.GetBytes(text!));
            _hash.AppendData([End]);
            return;
        }

        _length += Encoding.UTF8.GetBytes(text, _gathered.AsSpan(_length));
        _gathered[_length++] = End;
    }

    /// <summary>The hash of all that was taken.</summary>
    public byte[] Finish()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_gathered, 0, _length);
        _length = 0;
    }
}
