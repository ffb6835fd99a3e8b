using System.Security.Cryptography;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>The bytes of a blob, hashed as they are read; whether they are what the digest says is known at their end.</summary>
internal sealed class VerifiedBlob(Stream content, BlobDescriptor blob, long most) : ReadOnlyStream
{
    private readonly long _most = blob.Size < 0 ? most : Math.Min(most, blob.Size);
    private readonly IncrementalHash _hash =
        IncrementalHash.CreateHash(blob.Digest.Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    private long _position;

    /// <summary>Bytes that came so far.</summary>
    public long BytesRead => _position;

    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        _hash.AppendData(buffer[..read]);
        _position += read;
        return _position <= _most ? read : throw new InventoryException(FailureReason.LimitExceeded, $"the document has more than {_most} bytes");
    }

    /// <summary>Reads the rest and holds all of it against the digest.</summary>
    /// <exception cref="InventoryException">It is something else.</exception>
    public void Finish()
    {
        var buffer = new byte[16 << 10];
        while (Read(buffer) > 0)
        {
        }

        if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != blob.Digest.Hex)
        {
            throw new InventoryException(FailureReason.DigestMismatch, $"blob {blob.Digest} has other content than its digest says");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
