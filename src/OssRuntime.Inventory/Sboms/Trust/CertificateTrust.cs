using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>
/// Holds a signer's certificate against the trusted roots: the chain is good at the moment the certificate was made out, it is for signing code, and it
/// names one of the identities. Keyless signers have certificates of minutes; when they signed only a transparency log could tell, and none is asked.
/// </summary>
internal static class CertificateTrust
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int MostCertificates = 10;

    /// <summary>The certificate's key and who it is made out to; null, with the reason, where it is not trusted.</summary>
    public static (TrustedKey Key, string Identity)? Check(SbomTrust trust, IReadOnlyList<byte[]> certificates, out string? reason)
    {
        var loaded = new List<X509Certificate2>();
        try
        {
            loaded.AddRange(certificates.Take(MostCertificates).Select(X509CertificateLoader.LoadCertificate));
            return Check(trust, loaded, out reason);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or PlatformNotSupportedException)
        {
            reason = "its certificate cannot be read";
            return null;
        }
        finally
        {
            loaded.ForEach(certificate => certificate.Dispose());
        }
    }

    private static (TrustedKey Key, string Identity)? Check(SbomTrust trust, List<X509Certificate2> certificates, out string? reason)
    {
        if (certificates.Count == 0 || trust.Roots.IsEmpty)
        {
            reason = "no trusted authority is configured for its certificate";
            return null;
        }

        var leaf = certificates[0];
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trust.Roots.ToArray());
        chain.ChainPolicy.ExtraStore.AddRange(certificates.Skip(1).ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CodeSigning));
        chain.ChainPolicy.VerificationTime = leaf.NotBefore;
        if (!chain.Build(leaf))
        {
            reason = $"its certificate is not trusted: {string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}";
            return null;
        }

        if (!leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Any(usage => usage.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == CodeSigning)))
        {
            reason = "its certificate is not made out for signing code";
            return null;
        }

        var names = Names(leaf);
        var identity = trust.Identities.IsEmpty
            ? names.FirstOrDefault() ?? leaf.Subject
            : names.FirstOrDefault(name => trust.Identities.Any(pattern => IdentityPattern.Matches(pattern, name)));
        reason = identity is null ? $"its certificate is made out to {(names.Count == 0 ? "nobody" : string.Join(", ", names.Take(3)))}" : null;
        return identity is not null && TrustedKey.Of(leaf) is { } key ? (key, identity) : null;
    }

    /// <summary>E-mail addresses and URIs of the subject alternative names (RFC 5280, section 4.2.1.6).</summary>
    private static List<string> Names(X509Certificate2 certificate)
    {
        var names = new List<string>();
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension)
        {
            return names;
        }

        var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        while (reader.HasData)
        {
            var tag = reader.PeekTag();
            if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is 1 or 6)
            {
                names.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            }
            else
            {
                reader.ReadEncodedValue();
            }
        }

        return names;
    }
}
