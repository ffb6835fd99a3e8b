using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OssRuntime.Stage.Clusters;

/// <summary>Signs the certificates of one cluster. All keys are P-256, all certificates are valid from yesterday for a year.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _from = DateTimeOffset.UtcNow.AddDays(-1);

    /// <summary>A new authority of that name.</summary>
    public CertificateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _certificate = request.CreateSelfSigned(_from, _from.AddYears(1));
        Pem = _certificate.ExportCertificatePem();
    }

    /// <summary>The authority's own certificate.</summary>
    public string Pem { get; }

    /// <summary>The authority's private key, for a program that signs on its behalf.</summary>
    public string PrivateKeyPem
    {
        get
        {
            using var key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>A certificate for a server.</summary>
    /// <param name="name">The common name.</param>
    /// <param name="hosts">DNS names and IP addresses that clients connect to.</param>
    public PemCertificate IssueServer(string name, params string[] hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        return Issue(Subject(name, []), ServerAuthentication, names.Build());
    }

    /// <summary>A certificate that Kubernetes reads as a user and its groups.</summary>
    public PemCertificate IssueClient(string user, params IEnumerable<string> groups) => Issue(Subject(user, groups), ClientAuthentication);

    /// <summary>How Kubernetes reads a certificate: the organizations are the groups, the common name is the user.</summary>
    internal static X500DistinguishedName Subject(string user, IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
            subject.AddOrganizationName(group);
        subject.AddCommonName(user);
        return subject.Build();
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private PemCertificate Issue(X500DistinguishedName subject, string usage, params X509Extension[] more)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        foreach (var extension in more)
            request.CertificateExtensions.Add(extension);

        // Without the authority's key identifier, Go tries each authority of a bundle in turn; with it, the right one.
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var certificate = request.Create(_certificate, _from, _from.AddYears(1).AddSeconds(-1), RandomNumberGenerator.GetBytes(16));
        return new PemCertificate(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
