using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Registry;

/// <summary>A key of the tests that signs envelopes as cosign does.</summary>
public sealed class SigningKey
{
    private const string StatementType = "application/vnd.in-toto+json";
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(AsymmetricAlgorithm key, Func<byte[], byte[]> sign)
    {
        Pem = key.ExportSubjectPublicKeyInfoPem();
        _sign = sign;
    }

    /// <summary>The public key.</summary>
    public string Pem { get; }

    /// <summary>A new key on a curve.</summary>
    public static SigningKey Ec(ECCurve? curve = null, HashAlgorithmName? hash = null) => Of(ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256), hash);

    /// <summary>A key that there is.</summary>
    public static SigningKey Of(ECDsa key, HashAlgorithmName? hash = null) =>
        new(key, message => key.SignData(message, hash ?? HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>A new RSA key.</summary>
    public static SigningKey Rsa(RSASignaturePadding padding)
    {
        var key = RSA.Create(2048);
        return new SigningKey(key, message => key.SignData(message, HashAlgorithmName.SHA256, padding));
    }

    /// <summary>A signed envelope.</summary>
    public JsonObject Envelope(string payload) => Envelope(payload, payload);

    /// <summary>An envelope with one payload and the signature over another.</summary>
    public JsonObject Envelope(string payload, string signed) => Make(payload, _sign(SignedBytes(signed)));

    /// <summary>An envelope with any signature, or none.</summary>
    public static JsonObject Make(string payload, byte[]? signature) => new()
    {
        ["payloadType"] = StatementType,
        ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)),
        ["signatures"] = signature is null ? [] : new JsonArray(new JsonObject { ["keyid"] = "", ["sig"] = Convert.ToBase64String(signature) }),
    };

    private static byte[] SignedBytes(string payload) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"DSSEv1 {StatementType.Length} {StatementType} {Encoding.UTF8.GetByteCount(payload)} {payload}"));
}
