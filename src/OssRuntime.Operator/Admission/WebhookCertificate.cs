using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OssRuntime.Operator.Admission;

/// <summary>The certificate that the webhooks are served with, and how one is made: an authority that signs one certificate, and whose key is then thrown away.</summary>
internal sealed class WebhookCertificate : IDisposable
{
    /// <summary>How long a certificate is good for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>How long before its end it is replaced.</summary>
    public static readonly TimeSpan ReplaceBefore = TimeSpan.FromDays(60);

    private volatile X509Certificate2? _current;

    /// <summary>The certificate with its key, or null before there is one.</summary>
    public X509Certificate2? Current => _current;

    /// <summary>Takes over a certificate and its key in PEM; true where it is another one. Connections that are open keep the old one.</summary>
    /// <exception cref="CryptographicException">They do not fit, or are none.</exception>
    public bool Use(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key)
    {
        var now = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key));
        if (now.Thumbprint == _current?.Thumbprint)
        {
            now.Dispose();
            return false;
        }

        _current = now;
        return true;
    }

    /// <summary>True where a certificate must be replaced: it is none, is not for this name, or its end is near.</summary>
    public static bool IsSpent(byte[]? certificate, string host, DateTimeOffset now)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate ?? []));
            return read.NotAfter.ToUniversalTime() - ReplaceBefore < now.UtcDateTime || !read.MatchesHostname(host);
        }
        catch (CryptographicException)
        {
            return true;
        }
    }

    /// <summary>Makes a certificate for a host, its key and the authority's certificate, in PEM.</summary>
    public static (byte[] Certificate, byte[] Key, byte[] Authority) Make(string host, DateTimeOffset now)
    {
        // Clocks of API servers may be behind ours.
        var (from, to) = (now.AddHours(-1), now + Life);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest($"CN=ossruntime-webhook-{now:yyyyMMddHHmmss}", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host[..Math.Min(host.Length, 64)]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        return (Pem(certificate.ExportCertificatePem()), Pem(key.ExportPkcs8PrivateKeyPem()), Pem(authority.ExportCertificatePem()));
    }

    public void Dispose() => _current?.Dispose();

    private static byte[] Pem(string text) => Encoding.ASCII.GetBytes(text + "\n");
}
