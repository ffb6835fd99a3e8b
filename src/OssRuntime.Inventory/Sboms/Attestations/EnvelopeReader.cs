using System.Security.Cryptography;
using System.Text.Json;

namespace OssRuntime.Inventory.Sboms.Attestations;

/// <summary>
/// Reads DSSE envelopes, alone or in a sigstore bundle (sigstore protobuf-specs, bundle 0.1 to 0.3): one signed payload, certificates beside it or a hint
/// at a key.
/// </summary>
internal static class EnvelopeReader
{
    private const int MostSignatures = 16;
    private const int MostCertificates = 10;

    /// <summary>The envelope; null where the document is neither.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static SignedEnvelope? Read(ReadOnlyMemory<byte> document)
    {
        using var json = JsonDocument.Parse(document);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Object(root, "dsseEnvelope") is { } inner
            ? Envelope(inner) is { } envelope ? envelope with { Certificates = BundleCertificates(root) } : null
            : Envelope(root);
    }

    /// <summary>The certificates of a PEM text, as cosign keeps them beside an envelope.</summary>
    public static IReadOnlyList<byte[]> Certificates(params string?[] pems)
    {
        var certificates = new List<byte[]>();
        foreach (var pem in pems)
        {
            ReadOnlySpan<char> rest = pem;
            while (certificates.Count < MostCertificates && PemEncoding.TryFind(rest, out var fields))
            {
                if (rest[fields.Label] is "CERTIFICATE")
                {
                    certificates.Add(Convert.FromBase64String(rest[fields.Base64Data].ToString()));
                }

                rest = rest[fields.Location.End..];
            }
        }

        return certificates;
    }

    private static SignedEnvelope? Envelope(JsonElement element)
    {
        if (Text(element, "payloadType") is not { } type || !element.TryGetProperty("payload", out var payload) || Bytes(payload) is not { } bytes)
        {
            return null;
        }

        var signatures = Elements(element, "signatures").Take(MostSignatures)
            .Select(signature => signature.ValueKind == JsonValueKind.Object && signature.TryGetProperty("sig", out var sig) ? Bytes(sig) : null)
            .OfType<byte[]>();
        return new SignedEnvelope(type, bytes, [.. signatures]);
    }

    private static List<byte[]> BundleCertificates(JsonElement bundle)
    {
        var certificates = new List<byte[]>();
        if (Object(bundle, "verificationMaterial") is not { } material)
        {
            return certificates;
        }

        if (Object(material, "certificate") is { } only)
        {
            Add(only);
        }

        if (Object(material, "x509CertificateChain") is { } chain)
        {
            foreach (var certificate in Elements(chain, "certificates").Take(MostCertificates))
            {
                Add(certificate);
            }
        }

        return certificates;

        void Add(JsonElement certificate)
        {
            if (certificate.ValueKind == JsonValueKind.Object && certificate.TryGetProperty("rawBytes", out var raw) && Bytes(raw) is { } bytes)
            {
                certificates.Add(bytes);
            }
        }
    }

    /// <summary>Base64 in the standard or the URL alphabet: DSSE allows both.</summary>
    private static byte[]? Bytes(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        if (element.TryGetBytesFromBase64(out var bytes))
        {
            return bytes;
        }

        var text = element.GetString()!.Replace('-', '+').Replace('_', '/');
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, buffer, out var length) ? buffer[..length] : null;
    }

    private static IEnumerable<JsonElement> Elements(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
