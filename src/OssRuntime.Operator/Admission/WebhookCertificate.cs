using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OssRuntime.Operator.Admission;

/// <summary>The certificate that the webhooks are served with, and how one is made: an authority that signs one certificate, and whose key is then thrown away.</summary>
internal sealed class WebhookCertificate
{
    /// <summary>How long a certificate is good for.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>How long before its end it is replaced.</summary>
    public static readonly TimeSpan ReplaceBefore = TimeSpan.FromDays(60);

    // The clocks of a cluster may differ by so much.
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource _there = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SslStreamCertificateContext? _context;

    /// <summary>Completes once there is one.</summary>
    public Task There => _there.Task;

    /// <summary>The certificate with its key, or null before there is one.</summary>
    public X509Certificate2? Current => _context?.TargetCertificate;

    /// <summary>The same with the certificates between it and its authority, which have to be shown too; null before there is one.</summary>
    public SslStreamCertificateContext? Context => _context;

    /// <summary>True where this PEM is the certificate that is served.</summary>
    /// <exception cref="CryptographicException">It is not a certificate.</exception>
    public bool IsServed(ReadOnlySpan<byte> certificate)
    {
        using var read = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate));
        return read.Thumbprint == Current?.Thumbprint;
    }

    /// <summary>
    /// Takes over a certificate and its key in PEM; true where it is another one. Connections that are open keep the old one, which is left to the
    /// garbage collector for their sake.
    /// </summary>
    /// <exception cref="CryptographicException">They do not fit each other, or are invalid.</exception>
    public bool Use(ReadOnlySpan<byte> certificate, ReadOnlySpan<byte> key)
    {
        if (IsServed(certificate))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(certificate);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(text);
        _context = SslStreamCertificateContext.Create(
            X509Certificate2.CreateFromPem(text, Encoding.ASCII.GetString(key)), [.. chain.Skip(1)], offline: true);
        _there.TrySetResult();
        return true;
    }

    /// <summary>True where a certificate must be replaced: it is invalid, is not for this name, its end is near, or it was made while a clock was ahead.</summary>
    public static bool IsSpent(byte[]? certificate, string host, DateTimeOffset now)
    {
        try
        {
            using var read = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate ?? []));
            return read.NotAfter.ToUniversalTime() - ReplaceBefore < now.UtcDateTime
                || read.NotBefore.ToUniversalTime() > now.UtcDateTime + Skew
                || !read.MatchesHostname(host);
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
        var (from, to) = (now - Skew, now + Life);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest($"CN=ossruntime-webhook-{now:yyyyMMddHHmmss}", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var identifier = new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false);
        authorityRequest.CertificateExtensions.Add(identifier);
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host[..Math.Min(host.Length, 64)]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        // Two authorities of one second have the same name; by this a client knows which of a bundle it is.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        using var certificate = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        return (Pem(certificate.ExportCertificatePem()), Pem(key.ExportPkcs8PrivateKeyPem()), Pem(authority.ExportCertificatePem()));
    }

    private static byte[] Pem(string text) => Encoding.ASCII.GetBytes(text + "\n");
}
