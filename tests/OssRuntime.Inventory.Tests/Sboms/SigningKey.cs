using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Inventory.Sboms.Trust;

namespace OssRuntime.Inventory.Tests.Sboms;

/// <summary>A key of the tests that signs envelopes as cosign does.</summary>
internal sealed class SigningKey
{
    private const string StatementType = "application/vnd.in-toto+json";
    private readonly Func<byte[], byte[]> _sign;

    private SigningKey(AsymmetricAlgorithm key, Func<byte[], byte[]> sign)
    {
        Pem = key.ExportSubjectPublicKeyInfoPem();
        _sign = sign;
    }

    public string Pem { get; }

    public SbomTrust Trust => SbomTrust.Nobody.With(Pem);

    public static SigningKey Ec(ECCurve? curve = null, HashAlgorithmName? hash = null) => Of(ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256), hash);

    public static SigningKey Of(ECDsa key, HashAlgorithmName? hash = null) =>
        new(key, message => key.SignData(message, hash ?? HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    public static SigningKey Rsa(RSASignaturePadding padding)
    {
        var key = RSA.Create(2048);
        return new SigningKey(key, message => key.SignData(message, HashAlgorithmName.SHA256, padding));
    }

    public JsonObject Envelope(string payload) => Envelope(payload, payload);

    /// <summary>An envelope with one payload and the signature over another.</summary>
    public JsonObject Envelope(string payload, string signed) => Make(payload, _sign(SignedBytes(signed)));

    public static JsonObject Make(string payload, byte[]? signature) => new()
    {
        ["payloadType"] = StatementType,
        ["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload)),
        ["signatures"] = signature is null ? [] : new JsonArray(new JsonObject { ["keyid"] = "", ["sig"] = Convert.ToBase64String(signature) }),
    };

    private static byte[] SignedBytes(string payload) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"DSSEv1 {StatementType.Length} {StatementType} {Encoding.UTF8.GetByteCount(payload)} {payload}"));
}
