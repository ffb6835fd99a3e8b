using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OssRuntime.Inventory.Sboms.Attestations;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class TrustTests
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";

    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Ed25519_verifies_the_examples_of_RFC_8032_and_nothing_near_them(string key, string message, string signature)
    {
        var (k, m, s) = (Convert.FromHexString(key), Convert.FromHexString(message), Convert.FromHexString(signature));

        Assert.True(Ed25519.Verify(k, m, s));
        Assert.False(Ed25519.Verify(k, [.. m, 0], s));
        for (var i = 0; i < s.Length; i += 7)
        {
            var other = (byte[])s.Clone();
            other[i] ^= 1;
            Assert.False(Ed25519.Verify(k, m, other));
        }

        Assert.False(Ed25519.Verify([.. k.Select(b => (byte)~b)], m, s));
        Assert.False(Ed25519.Verify(k, m, s.AsSpan(0, 63)));
        Assert.False(Ed25519.Verify(k.AsSpan(0, 31), m, s));
    }

    [Fact]
    public void Ed25519_takes_no_second_form_of_a_signature()
    {
        // S + L signs as S does where nobody looks (RFC 8032, section 8.4).
        var key = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        var signature = Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        var order = System.Numerics.BigInteger.Pow(2, 252) + System.Numerics.BigInteger.Parse("27742317777372353535851937790883648493");
        var s = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true) + order;
        s.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);

        Assert.False(Ed25519.Verify(key, [], signature));
    }

    [Fact]
    public void A_key_of_small_order_under_which_one_signature_fits_everything_verifies_nothing()
    {
        // The neutral point as the key and as R, with S zero: the equation holds for every message.
        var neutral = new byte[32];
        neutral[0] = 1;

        Assert.False(Ed25519.Verify(neutral, "anything"u8, [.. neutral, .. new byte[32]]));
    }

    [Fact]
    public void What_OpenSSL_signed_with_Ed25519_is_verified()
    {
        const string Pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAAhsPqnHAh3oFKnvfXr+KzHa/CEfkBmTHBjqrr8Q6o9o=\n-----END PUBLIC KEY-----\n";
        var signature = Convert.FromBase64String("NYd0tVBLGWDFVEXvwU7sD3AApxA6fXtaTy2o1PlwpuMIIBJCk+8mwAdfewoNeGDkz0iVRPH/ObqgJk0PbiIBCw==");

        Assert.Equal("key", SbomTrust.Nobody.With(Pem).Keys[0].Name.Split(' ')[0]);
        Assert.NotNull(Check(SigningKey.Make("""{"a":1}""", signature), SbomTrust.Nobody.With(Pem)).By);
        Assert.Null(Check(SigningKey.Make("""{"a":2}""", signature), SbomTrust.Nobody.With(Pem)).By);
    }

    public static TheoryData<string> Kinds => ["P-256", "P-384", "P-384 SHA-384", "P-521", "P-521 SHA-512", "RSA PKCS1", "RSA PSS"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_key_verifies_its_own_signatures_and_no_others(string kind)
    {
        var (key, other) = (Make(kind), Make(kind));

        Assert.Equal(key.Trust.Keys[0].Name, Check(key.Envelope("{}"), key.Trust).By);
        Assert.Equal((null, "its signature is by none of the trusted keys"), Check(key.Envelope("{}"), other.Trust));
        Assert.Null(Check(key.Envelope("{}", signed: "{ }"), key.Trust).By);
        Assert.Equal((null, "it has no signature"), Check(SigningKey.Make("{}", null), key.Trust));
    }

    [Theory]
    [InlineData("", "it holds neither a public key nor a certificate in PEM")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "it holds a PRIVATE KEY, not a PUBLIC KEY or CERTIFICATE")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "it is not a public key")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "it holds a certificate that cannot be read")]
    public void What_is_no_key_is_refused_with_a_reason(string pem, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<FormatException>(() => SbomTrust.Nobody.With(pem)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_key_on_an_unknown_curve_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var info = key.ExportSubjectPublicKeyInfo();

        // The curve's name, ansi-X9-62 prime256v1, becomes that of another standard.
        info[info.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03]) + 4] = 0x4D;

        Assert.False(TrustedKey.TryParse(PemEncoding.WriteString("PUBLIC KEY", info), out _, out var reason));
        Assert.Contains("curve", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_RSA_key_is_refused()
    {
        using var key = RSA.Create(1024);

        Assert.False(TrustedKey.TryParse(key.ExportSubjectPublicKeyInfoPem(), out _, out var reason));
        Assert.Equal("an RSA key needs 2048 bits or more", reason);
    }

    [Fact]
    public void A_certificate_of_a_trusted_authority_signs_though_it_has_long_expired()
    {
        using var authority = new Authority();

        var (by, reason) = Check(authority.Envelope("mailto:builds@shop.example"), authority.Trust);

        Assert.Equal(("mailto:builds@shop.example", null), (by, reason));
    }

    [Theory]
    [InlineData("https://ci.example/shop/*", true)]
    [InlineData("https://ci.example/shop/web", true)]
    [InlineData("https://ci.example/other/*", false)]
    [InlineData("ci.example", false)]
    public void A_certificate_has_to_name_one_of_the_identities(string identity, bool isGood)
    {
        using var authority = new Authority();

        var (by, reason) = Check(authority.Envelope("https://ci.example/shop/web"), authority.Trust with { Identities = [identity] });

        Assert.Equal(isGood ? "https://ci.example/shop/web" : null, by);
        Assert.Equal(isGood ? null : "its certificate is made out to https://ci.example/shop/web", reason);
    }

    [Fact]
    public void A_certificate_of_another_authority_or_for_another_use_or_with_another_key_is_not_trusted()
    {
        using var authority = new Authority();
        using var stranger = new Authority();
        var envelope = authority.Envelope("mailto:a@b.example");

        Assert.StartsWith("its certificate is not trusted: ", Check(envelope, stranger.Trust).Reason, StringComparison.Ordinal);
        Assert.StartsWith("its certificate is not trusted: ", Check(authority.Envelope("mailto:a@b.example", use: "1.3.6.1.5.5.7.3.1"), authority.Trust).Reason, StringComparison.Ordinal);
        Assert.Equal("its certificate is not made out for signing code", Check(authority.Envelope("mailto:a@b.example", use: null), authority.Trust).Reason);
        Assert.Equal("its signature is not its certificate's", Check(authority.Envelope("mailto:a@b.example", signer: SigningKey.Ec()), authority.Trust).Reason);
        Assert.Equal("its certificate cannot be read", Check(envelope with { Certificates = [[1, 2, 3]] }, authority.Trust).Reason);
        Assert.Null(Check(envelope with { Certificates = [] }, authority.Trust).By);
    }

    private static SigningKey Make(string kind) => kind switch
    {
        "P-384" => SigningKey.Ec(ECCurve.NamedCurves.nistP384),
        "P-384 SHA-384" => SigningKey.Ec(ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
        "P-521" => SigningKey.Ec(ECCurve.NamedCurves.nistP521),
        "P-521 SHA-512" => SigningKey.Ec(ECCurve.NamedCurves.nistP521, HashAlgorithmName.SHA512),
        "RSA PKCS1" => SigningKey.Rsa(RSASignaturePadding.Pkcs1),
        "RSA PSS" => SigningKey.Rsa(RSASignaturePadding.Pss),
        _ => SigningKey.Ec(),
    };

    private static (string? By, string? Reason) Check(System.Text.Json.Nodes.JsonObject envelope, SbomTrust trust) =>
        Check(EnvelopeReader.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))!, trust);

    private static (string? By, string? Reason) Check(SignedEnvelope envelope, SbomTrust trust)
    {
        var by = SignatureCheck.VerifiedBy(envelope, trust, out var reason);
        return (by, reason);
    }

    /// <summary>A root and a signer below it whose certificate was good for ten minutes, long ago.</summary>
    private sealed class Authority : IDisposable
    {
        private static readonly DateTimeOffset Then = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
        private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        private readonly X509Certificate2 _root;

        public Authority()
        {
            var request = new CertificateRequest("CN=Root", _rootKey, HashAlgorithmName.SHA384);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
            _root = request.CreateSelfSigned(Then.AddYears(-1), Then.AddYears(5));
        }

        public SbomTrust Trust => SbomTrust.Nobody.With(_root.ExportCertificatePem());

        public SignedEnvelope Envelope(string identity, string? use = CodeSigning, SigningKey? signer = null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddUri(new Uri(identity));
            request.CertificateExtensions.Add(names.Build(critical: true));
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
            if (use is not null)
            {
                request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
            }

            using var certificate = request.Create(_root, Then, Then.AddMinutes(10), [1, 2, 3, 4]);
            var envelope = (signer ?? SigningKey.Of(key)).Envelope("{}");
            return EnvelopeReader.Read(Encoding.UTF8.GetBytes(envelope.ToJsonString()))! with { Certificates = [certificate.RawData] };
        }

        public void Dispose()
        {
            _root.Dispose();
            _rootKey.Dispose();
        }
    }
}
