using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>A public key that SBOMs are believed by: ECDSA on the NIST curves, RSA or Ed25519.</summary>
public sealed class TrustedKey
{
    private const string EcOid = "1.2.840.10045.2.1";
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string Ed25519Oid = "1.3.101.112";
    private const int LeastRsaBits = 2048;
    private const int MostKeyBytes = 16 << 10;

    private readonly string _algorithm;
    private readonly byte[] _info;
    private readonly byte[] _key;

    private TrustedKey(string algorithm, byte[] info, byte[] key)
    {
        _algorithm = algorithm;
        _info = info;
        _key = key;
        Name = $"key {Convert.ToHexStringLower(SHA256.HashData(info).AsSpan(0, 8))}";
    }

    /// <summary>What it is called: <c>key</c> and the start of the SHA-256 of its SubjectPublicKeyInfo.</summary>
    public string Name { get; }

    /// <summary>Reads a key in PEM (<c>-----BEGIN PUBLIC KEY-----</c>); false, with the reason, where it cannot be used.</summary>
    public static bool TryParse(string pem, out TrustedKey? key, out string? reason)
    {
        key = null;
        if (pem.Length > MostKeyBytes || !PemEncoding.TryFind(pem, out var fields) || pem[fields.Label] != "PUBLIC KEY")
        {
            reason = "it is not a public key in PEM";
            return false;
        }

        key = Of(Convert.FromBase64String(pem[fields.Base64Data]), out reason);
        return key is not null;
    }

    /// <summary>The key of a certificate; null where it is of a kind that is not known.</summary>
    internal static TrustedKey? Of(X509Certificate2 certificate) => Of(certificate.PublicKey.ExportSubjectPublicKeyInfo(), out _);

    /// <summary>True where the signature is this key's over the message, in any of the ways that signers use.</summary>
    internal bool Verify(byte[] message, byte[] signature)
    {
        try
        {
            return _algorithm switch
            {
                EcOid => VerifyEc(message, signature),
                RsaOid => VerifyRsa(message, signature),
                _ => Ed25519.Verify(_key, message, signature),
            };
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static TrustedKey? Of(byte[] info, out string? reason)
    {
        try
        {
            var outer = new AsnReader(info, AsnEncodingRules.DER).ReadSequence();
            var algorithm = outer.ReadSequence().ReadObjectIdentifier();
            var key = new TrustedKey(algorithm, info, outer.ReadBitString(out _));
            reason = key.Refuse();
            return reason is null ? key : null;
        }
        catch (PlatformNotSupportedException)
        {
            reason = "it is a key on a curve that is not known here";
            return null;
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            reason = "it is not a public key";
            return null;
        }
    }

    private string? Refuse()
    {
        switch (_algorithm)
        {
            case EcOid:
                using (var ec = ECDsa.Create())
                {
                    ec.ImportSubjectPublicKeyInfo(_info, out _);
                    return null;
                }

            case RsaOid:
                using (var rsa = RSA.Create())
                {
                    rsa.ImportSubjectPublicKeyInfo(_info, out _);
                    return rsa.KeySize < LeastRsaBits ? $"an RSA key needs {LeastRsaBits} bits or more" : null;
                }

            case Ed25519Oid:
                return _key.Length == 32 ? null : "an Ed25519 key has 32 bytes";
            default:
                return $"keys of the algorithm {_algorithm} are not known: ECDSA, RSA and Ed25519 are";
        }
    }

    /// <summary>SHA-256 with every curve as cosign signs, and the hash of the curve's own size as others do.</summary>
    private bool VerifyEc(byte[] message, byte[] signature)
    {
        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(_info, out _);
        var own = ec.KeySize switch
        {
            384 => HashAlgorithmName.SHA384,
            521 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        return ec.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            || (own != HashAlgorithmName.SHA256 && ec.VerifyData(message, signature, own, DSASignatureFormat.Rfc3279DerSequence));
    }

    private bool VerifyRsa(byte[] message, byte[] signature)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(_info, out _);
        return rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            || rsa.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)
            || rsa.VerifyData(message, signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);
    }
}
