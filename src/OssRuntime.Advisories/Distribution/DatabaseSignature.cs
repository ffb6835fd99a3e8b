using System.Security.Cryptography;

namespace OssRuntime.Advisories.Distribution;

/// <summary>Signatures of databases: ECDSA over SHA-256, with keys in PEM.</summary>
public static class DatabaseSignature
{
    /// <summary>The manifest with a signature.</summary>
    /// <exception cref="ArtifactException">The key is none.</exception>
    public static DatabaseManifest Sign(DatabaseManifest manifest, string privateKey)
    {
        using var key = Import(privateKey);
        try
        {
            return manifest with { Signature = Convert.ToBase64String(key.SignData(manifest.Signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) };
        }
        catch (CryptographicException exception)
        {
            throw new ArtifactException("the key cannot sign, because it is a public key: name the private key", exception);
        }
    }

    /// <summary>Why a manifest is not to be trusted with this key; null where it is.</summary>
    /// <exception cref="ArtifactException">The key is none.</exception>
    public static string? Refuse(DatabaseManifest manifest, string publicKey)
    {
        using var key = Import(publicKey);
        if (manifest.Signature is null)
        {
            return "it is not signed";
        }

        var signature = new byte[manifest.Signature.Length];
        return Convert.TryFromBase64String(manifest.Signature, signature, out var length)
            && key.VerifyData(manifest.Signed, signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : "it was not signed with the given key";
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new ArtifactException("the key is not an ECDSA key in PEM format", exception);
        }
    }
}
