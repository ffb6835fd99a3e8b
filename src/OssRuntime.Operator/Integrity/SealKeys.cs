using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// The keys that the replicas share and nobody else has. What the operator writes into objects and goes by later is sealed: an HMAC-SHA256 (RFC 2104) over
/// its parts. The first key seals and every key opens, so that one can follow another.
/// </summary>
internal sealed class SealKeys(params byte[][] keys)
{
    private volatile byte[][] _keys = keys;

    /// <summary>False where the operator was not given any: then nothing is sealed, and everything holds.</summary>
    public bool Any => _keys.Length > 0;

    /// <summary>Takes over the keys, the one that seals first. True where they are others than before: what held may hold no longer, and what did not may.</summary>
    public bool Set(params byte[][] keys)
    {
        var before = _keys;
        if (before.Length == keys.Length && before.Zip(keys).All(pair => CryptographicOperations.FixedTimeEquals(pair.First, pair.Second)))
        {
            return false;
        }

        _keys = keys;
        return true;
    }

    /// <summary>The seal of these parts; null without keys. The first part says what it is the seal of, so that none can be taken for another.</summary>
    public string? Of(params IEnumerable<string> parts) => _keys is [var key, ..] ? Convert.ToBase64String(Mac(key, parts)) : null;

    /// <summary>The seals of these parts by each key that there is, the one of <see cref="Of"/> first.</summary>
    public IEnumerable<byte[]> EveryOf(params IEnumerable<string> parts) => _keys.Select(key => Mac(key, parts));

    /// <summary>True where this is the seal of these parts.</summary>
    public bool Open(string? seal, params IEnumerable<string> parts) => Open(_keys, seal, key => Mac(key, parts));

    /// <summary>True where it is so by the key that seals now.</summary>
    public bool OpenByCurrent(string? seal, params IEnumerable<string> parts) => Open(_keys.AsSpan(0, Math.Min(1, _keys.Length)), seal, key => Mac(key, parts));

    /// <summary>The seal of bytes that stand for themselves, by the key that seals now.</summary>
    /// <exception cref="InvalidOperationException">There is no key.</exception>
    public byte[] OfBytes(ReadOnlySpan<byte> text) => _keys is [var key, ..] ? HMACSHA256.HashData(key, text) : throw new InvalidOperationException("there is no key to seal with");

    /// <summary>True where this is the seal of the bytes.</summary>
    public bool OpenBytes(string? seal, byte[] text) => Open(_keys, seal, key => HMACSHA256.HashData(key, text));

    private static bool Open(ReadOnlySpan<byte[]> keys, string? seal, Func<byte[], byte[]> mac)
    {
        if (keys.IsEmpty)
        {
            return true;
        }

        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (seal is null || !Convert.TryFromBase64String(seal, given, out var length) || length != given.Length)
        {
            return false;
        }

        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(given, mac(key)))
            {
                return true;
            }
        }

        return false;
    }

    // Each part after its length: no two lists of parts are the same bytes, and none begins like the JSON that approvals are sealed as.
    private static byte[] Mac(byte[] key, IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        // Reports have hundreds of lines: they are put into bytes in one place.
        var buffer = new ArrayBufferWriter<byte>(1024);
        foreach (var part in parts)
        {
            buffer.ResetWrittenCount();
            BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(part));
            buffer.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(part, buffer);
            hash.AppendData(buffer.WrittenSpan);
        }

        return hash.GetHashAndReset();
    }
}
