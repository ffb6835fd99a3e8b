using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>Verifies Ed25519 signatures (RFC 8032, section 5.1.7), which System.Security.Cryptography does not.</summary>
internal static class Ed25519
{
    /// <summary>True where the signature is the key's over the message. A key of small order, which signs everything, verifies nothing.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Length == Curve.PublicKeySize && signature.Length == Curve.SignatureSize && Curve.Verify(signature, key, message);
}
