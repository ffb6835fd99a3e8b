using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>Whose signatures make an SBOM verified. Without keys and roots nobody's do.</summary>
public sealed record SbomTrust
{
    /// <summary>Nobody is trusted.</summary>
    public static readonly SbomTrust Nobody = new();

    /// <summary>Keys that sign SBOMs themselves.</summary>
    public ImmutableArray<TrustedKey> Keys { get; init; } = [];

    /// <summary>Certificate authorities whose certificates, made out for signing code, sign SBOMs.</summary>
    public ImmutableArray<X509Certificate2> Roots { get; init; } = [];

    /// <summary>
    /// Who a certificate has to be made out to: an e-mail address or URI of its subject alternative names; <c>*</c> stands for any text without <c>@</c> and <c>/</c>. Empty: anyone
    /// whom the roots know, which is right for a private authority only.
    /// </summary>
    public ImmutableArray<string> Identities { get; init; } = [];

    /// <summary>True where nobody's signature counts.</summary>
    public bool IsNobody => Keys.IsEmpty && Roots.IsEmpty;

    /// <summary>Names whom it is that is trusted.</summary>
    internal string Version =>
        $"{string.Join(',', Keys.Select(key => key.Name).Order(StringComparer.Ordinal))}/{string.Join(',', Roots.Select(root => root.Thumbprint).Order(StringComparer.Ordinal))}/{string.Join(',', Identities)}";

    /// <summary>Reads PEM text of any number of public keys and certificates.</summary>
    /// <exception cref="FormatException">There is something else in it; the message says what.</exception>
    public SbomTrust With(string pem)
    {
        var (keys, roots) = (Keys.ToBuilder(), Roots.ToBuilder());
        ReadOnlySpan<char> rest = pem;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var block = rest[fields.Location].ToString();
            switch (rest[fields.Label])
            {
                case "CERTIFICATE":
                    roots.Add(Certificate(block));
                    break;
                case "PUBLIC KEY":
                    keys.Add(TrustedKey.TryParse(block, out var key, out var reason) ? key! : throw new FormatException(reason));
                    break;
                default:
                    throw new FormatException($"it holds a {rest[fields.Label]}, not a PUBLIC KEY or CERTIFICATE");
            }

            rest = rest[fields.Location.End..];
        }

        return keys.Count + roots.Count > Keys.Length + Roots.Length
            ? this with { Keys = keys.ToImmutable(), Roots = roots.ToImmutable() }
            : throw new FormatException("it holds neither a public key nor a certificate in PEM");
    }

    private static X509Certificate2 Certificate(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"it holds a certificate that cannot be read: {e.Message}", e);
        }
    }
}
