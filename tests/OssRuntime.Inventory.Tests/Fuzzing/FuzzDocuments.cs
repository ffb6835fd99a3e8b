using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Inventory.Sboms.Attestations;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>Readers of texts: SBOMs of every format, attestations, what registries answer, what users write.</summary>
internal static class FuzzDocuments
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    private static readonly ComponentInventory Inventory = new()
    {
        OsRelease = new OsRelease("debian", "12", "bookworm", null, []),
        Components =
        [
            new Component
            {
                Purl = PackageUrl.Parse("pkg:deb/debian/bash@5.2-1?arch=amd64&distro=debian-12"), Name = "bash", Version = "5.2-1", Ecosystem = Ecosystem.Parse("Debian:12"),
                Location = new ComponentLocation(Digest.Parse($"sha256:{new string('a', 64)}"), "var/lib/dpkg/status"), Type = ComponentType.OsPackage, Licenses = ["GPL-3.0-or-later", "other"],
                Source = new SourcePackage("bash", "5.2-1"), FoundBy = "dpkg",
            },
            new Component
            {
                Purl = PackageUrl.Parse("pkg:npm/%40a/b@1.0.0"), Name = "@a/b", Version = "1.0.0", Ecosystem = Ecosystem.Parse("npm"),
                Location = new ComponentLocation(null, "app/node_modules/@a/b/package.json"), Licenses = ["MIT"], Origin = "https://r.example/b.tgz", FoundBy = "npm",
            },
        ],
        Unknowns = [new Unknown("a", "npm", "it is not JSON")],
    };

    /// <summary>All targets.</summary>
    public static IEnumerable<FuzzTarget> Targets =>
    [
        Sbom("sbom cyclonedx", Written(SbomFormat.CycloneDxJson)),
        Sbom("sbom cyclonedx of npm", Fixture("npm.cdx.json")),
        Sbom("sbom cyclonedx xml", """<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1"><components><component type="library" bom-ref="a"><group>g</group><name>a</name><version>1</version><licenses><license><id>MIT</id></license></licenses><purl>pkg:maven/g/a@1</purl><components><component type="library"><name>b</name><version>1</version><purl>pkg:npm/b@1</purl></component></components></component></components></bom>"""),
        Sbom("sbom spdx", Written(SbomFormat.SpdxJson)),
        Sbom("sbom spdx of npm", Fixture("npm.spdx.json")),
        Sbom("sbom spdx 3", Written(SbomFormat.Spdx3Json)),
        Sbom("sbom spdx tags", "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: x\n\nPackageName: a\nSPDXID: SPDXRef-a\nPackageVersion: 1\nPackageLicenseDeclared: <text>MIT</text>\nExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a\n"),
        Sbom("sbom syft", """{"artifacts":[{"id":"1","name":"a","version":"1","type":"npm","foundBy":"x","locations":[{"path":"/a/package.json","layerID":"sha256:0"}],"licenses":[{"value":"MIT","spdxExpression":"MIT","type":"declared"}],"purl":"pkg:npm/a@1","metadata":{"source":"x","sourceVersion":"1"}}],"distro":{"id":"debian","versionID":"12"},"descriptor":{"name":"syft"},"schema":{"version":"16.0.0","url":"x"}}"""),
        new("dsse envelope", Bytes($$$"""{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"keyid":"","sig":"{{{Convert.ToBase64String(new byte[70])}}}"}]}"""), b => EnvelopeReader.Read(b), typeof(JsonException), typeof(InvalidOperationException)),
        new("sigstore bundle", Bytes($$$"""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","verificationMaterial":{"certificate":{"rawBytes":"{{{Convert.ToBase64String(new byte[300])}}}"}},"dsseEnvelope":{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"AAAA"}]}}"""), b => EnvelopeReader.Read(b), typeof(JsonException), typeof(InvalidOperationException)),
        new("in-toto statement", Bytes($$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"x","digest":{"sha256":"{{{new string('a', 64)}}}"}}],"predicateType":"https://cyclonedx.org/bom","predicate":{{{Encoding.UTF8.GetString(Written(SbomFormat.CycloneDxJson))}}}}"""), b => StatementReader.Read(new MemoryStream(b), "x", new SbomLimits(), CancellationToken.None), typeof(InventoryException), typeof(InvalidDataException)),
        new("attachment manifest", Manifest, b => AttachmentManifest.Parse(b), typeof(InventoryException)),
        new("manifest", Manifest, b => ManifestDocument.Parse(b, null), typeof(InventoryException)),
        new("index", Bytes($$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:{{{new string('a', 64)}}}","size":7,"platform":{"os":"linux","architecture":"arm64","variant":"v8"}},{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:{{{new string('b', 64)}}}","size":7,"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"sha256:{{{new string('a', 64)}}}"}}]}"""), b => ManifestDocument.Parse(b, null), typeof(InventoryException)),
        new("image configuration", Bytes("""{"os":"linux","architecture":"amd64","history":[{"created_by":"ADD x"},{"created_by":"CMD [\"x\"]","empty_layer":true}]}"""), b => ImageConfig.Parse(b), typeof(JsonException), typeof(InvalidOperationException)),
        new("docker logins", Bytes($$$"""{"auths":{"registry.example":{"auth":"{{{Convert.ToBase64String("u:p"u8)}}}"},"https://index.docker.io/v1/":{"username":"u","password":"p"}},"credHelpers":{"x":"y"}}"""), b => Assert.True(DockerConfig.TryParse(b, out _, out var reason) || reason!.Length > 0)),
        new("challenge", Bytes("""Bearer realm="https://auth.example/token",service="registry.example",scope="repository:a/b:pull", Basic realm="x" """), b => AuthChallenge.Parse([Encoding.Latin1.GetString(b)])),
        new("trusted keys", Bytes($"-----BEGIN PUBLIC KEY-----\n{Convert.ToBase64String(ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfo())}\n-----END PUBLIC KEY-----\n"), b => SbomTrust.Nobody.With(Encoding.UTF8.GetString(b)), typeof(FormatException)),
        new("signer's certificate", Certificate.RawData, b => CertificateTrust.Check(SbomTrust.Nobody with { Roots = [Certificate] }, [b], out _)),
        new("base images", Bytes($"debian:12 sha256:{new string('a', 64)} sha256:{new string('b', 64)}\n# x\n"), b => KnownBaseImages.Parse(Encoding.UTF8.GetString(b)), typeof(FormatException)),
        new("licence", Bytes("(GPLv2+ or MIT) and GNU Lesser General Public License v2.1 or later"), b => LicenseNames.Normalize(Encoding.UTF8.GetString(b))),
        new("mounts", Bytes("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n22 1 0:21 / /proc rw - proc proc rw\n"), b => MountTable.Parse(Encoding.UTF8.GetString(b).Split('\n'))),
        new("image reference", Bytes($"registry.example:5000/a/b_c/d-e:1.0@sha256:{new string('a', 64)}"), b => Assert.True(ImageReference.TryParse(Encoding.UTF8.GetString(b), out _, out var reason) || reason!.Length > 0)),
        new("purl", Bytes("pkg:deb/debian/bash@5.2%2Bx-1?arch=amd64&distro=debian-12#sub/path"), b => RoundTrip(Encoding.UTF8.GetString(b))),
    ];

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=release", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("release@example.com");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.3")], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(50));
    }

    private static byte[] Manifest => Bytes($$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:{{{new string('a', 64)}}}","size":7},"layers":[{"mediaType":"application/vnd.in-toto+json","digest":"sha256:{{{new string('b', 64)}}}","size":1,"annotations":{"in-toto.io/predicate-type":"https://spdx.dev/Document"}}],"subject":{"mediaType":"x","digest":"sha256:{{{new string('c', 64)}}}","size":3}}""");

    private static FuzzTarget Sbom(string name, string text) => Sbom(name, Bytes(text));

    private static FuzzTarget Sbom(string name, byte[] seed) => new(name, seed, b =>
    {
        var document = SbomReader.Read(new MemoryStream(b), "bom", new SbomLimits(), CancellationToken.None);
        foreach (var component in document.Components)
        {
            Assert.False(component.Name.AsSpan().ContainsAnyInRange('\0', '\x1F'));
        }
    });

    private static void RoundTrip(string text)
    {
        if (PackageUrl.TryParse(text, out var purl, out _))
        {
            Assert.Equal(purl, PackageUrl.Parse(purl!.ToString()));
        }
    }

    private static byte[] Written(SbomFormat format)
    {
        using var stream = new MemoryStream();
        SbomWriter.Write(stream, format, Inventory, new SbomSubject("registry.example/shop", DateTimeOffset.UnixEpoch, "0.1.0"));
        return stream.ToArray();
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sboms", "testdata", name));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
