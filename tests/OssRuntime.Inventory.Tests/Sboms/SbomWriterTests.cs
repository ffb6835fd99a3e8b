using System.Text;
using System.Text.Json;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Standards;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class SbomWriterTests
{
    private static readonly SbomSubject Subject = new("registry.example/shop/web:1.4", new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero), "0.1.0");

    public static TheoryData<SbomFormat> Written => [SbomFormat.CycloneDxJson, SbomFormat.SpdxJson, SbomFormat.Spdx3Json];

    [Theory]
    [MemberData(nameof(Written))]
    public async Task What_was_read_from_layers_reads_back_equal(SbomFormat format)
    {
        var inventory = await ReadAsync(
            tar => tar
                .File("etc/os-release", DebianRelease)
                .File("var/lib/dpkg/status", Stanza("libssl3", "3.0.11-1~deb12u2", "Source: openssl\n") + Stanza("zlib1g", "1:1.2.13.dfsg-1", "Source: zlib (1:1.2)\n"))
                .File("var/lib/dpkg/info/python3-requests.list", "/usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA\n"),
            tar => tar
                .File("app/node_modules/@babel/core/package.json", """{"name":"@babel/core","version":"7.1.0","license":"(MIT OR Apache-2.0)","_resolved":"https://registry.example/core.tgz"}""")
                .File("app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.3.0","license":"See LICENSE","_resolved":"git+ssh://git@example.org/x y"}""")
                .File("usr/lib/python3/dist-packages/Jinja2-3.1.2.dist-info/METADATA", "Name: Jinja2\nVersion: 3.1.2\nLicense: BSD\n\n")
                .File("broken/node_modules/x/package.json", "no json"));

        AssertReadsBack(inventory, format);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Whatever_the_components_say_reads_back_equal(SbomFormat format) => AssertReadsBack(Nasty, format);

    [Theory]
    [MemberData(nameof(Written))]
    public void An_empty_inventory_is_a_document_too(SbomFormat format) => AssertReadsBack(new ComponentInventory { Components = [] }, format);

    [Theory]
    [MemberData(nameof(Written))]
    public void The_same_inventory_gives_the_same_bytes_and_another_one_another_identity(SbomFormat format)
    {
        var first = Write(Nasty, format);

        Assert.Equal(first, Write(Nasty with { }, format));
        Assert.NotEqual(IdentityOf(first), IdentityOf(Write(Nasty with { Components = [.. Nasty.Components.Skip(1)] }, format)));
    }

    [Fact]
    public void Whatever_is_said_of_a_component_is_part_of_the_identity()
    {
        var component = Make("pkg:npm/left-pad@1.3.0", "left-pad", "1.3.0", "a") with { Licenses = ["MIT"] };
        Component[] others =
        [
            component with { Purl = Make("pkg:npm/right-pad@1.3.0", "left-pad", "1.3.0", "a").Purl },
            component with { Name = "right-pad" },
            component with { Version = "1.3.1" },
            component with { Ecosystem = Make("pkg:pypi/left-pad@1.3.0", "left-pad", "1.3.0", "a").Ecosystem },
            component with { Location = component.Location with { Path = "b" } },
            component with { Location = component.Location with { Layer = null } },
            component with { Type = ComponentType.Application },
            component with { Source = new SourcePackage("pad", "1") },
            component with { Licenses = ["ISC"] },
            component with { Licenses = [] },
            component with { Cpe = "cpe:2.3:a:left-pad:left-pad:1.3.0:*:*:*:*:*:*:*" },
            component with { Supplier = "somebody" },
            component with { OwnedBy = "pkg:deb/debian/left-pad@1.3.0" },
            component with { Origin = "https://registry.example/left-pad.tgz" },
            component with { FoundBy = "somebody" },
            component with { Declared = !component.Declared },
            component with { IsThirdParty = true },
            component with { Evidence = "the name of the file" },
        ];

        var identities = others.Append(component).Select(c => IdentityOf(Write(new ComponentInventory { Components = [c] }, SbomFormat.CycloneDxJson))).ToList();

        Assert.Equal(identities.Count, identities.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(typeof(Component).GetProperties().Length + 2, others.Length);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void What_is_unknown_of_the_image_stands_in_the_document(SbomFormat format)
    {
        var text = Encoding.UTF8.GetString(Write(Nasty, format));

        Assert.Contains("ossruntime:unknown", text, StringComparison.Ordinal);
        Assert.Contains("app/broken.jar: it is cut", text, StringComparison.Ordinal);
        if (format == SbomFormat.CycloneDxJson)
        {
            Assert.Contains("\"aggregate\": \"incomplete\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void CycloneDX_is_valid_by_its_own_schema() =>
        AssertValid("07", SbomFormat.CycloneDxJson, "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json");

    [Fact]
    public void SPDX_3_is_valid_by_its_own_schema() => AssertValid("2020", SbomFormat.Spdx3Json, "spdx-export.schema.json");

    [Fact]
    public void SPDX_2_has_the_fields_that_its_schema_wants_and_no_others()
    {
        using var document = JsonDocument.Parse(Write(Nasty, SbomFormat.SpdxJson));
        var root = document.RootElement;

        // Required and known fields of the JSON schema of SPDX 2.3, as far as they are written.
        AssertFields(root, ["SPDXID", "creationInfo", "dataLicense", "name", "spdxVersion"], ["documentNamespace", "packages", "relationships", "hasExtractedLicensingInfos"]);
        AssertFields(root.GetProperty("creationInfo"), ["created", "creators"], []);
        foreach (var package in root.GetProperty("packages").EnumerateArray())
        {
            AssertFields(
                package,
                ["SPDXID", "downloadLocation", "name"],
                ["versionInfo", "primaryPackagePurpose", "filesAnalyzed", "licenseConcluded", "licenseDeclared", "copyrightText", "externalRefs", "annotations"]);
            Assert.Matches("^SPDXRef-[A-Za-z0-9.-]+$", package.GetProperty("SPDXID").GetString()!);
            Assert.Contains(package.GetProperty("primaryPackagePurpose").GetString(), (string[])["LIBRARY", "APPLICATION", "OPERATING-SYSTEM", "CONTAINER"]);
            Assert.All(Items(package, "annotations"), annotation => AssertFields(annotation, ["annotationDate", "annotationType", "annotator", "comment"], []));
            Assert.All(Items(package, "externalRefs"), reference => AssertFields(reference, ["referenceCategory", "referenceLocator", "referenceType"], []));
        }

        Assert.All(Items(root, "hasExtractedLicensingInfos"), license => AssertFields(license, ["extractedText", "licenseId"], ["name"]));
        Assert.All(Items(root, "relationships"), relation => AssertFields(relation, ["relatedSpdxElement", "relationshipType", "spdxElementId"], []));
        var ids = root.GetProperty("packages").EnumerateArray().Select(package => package.GetProperty("SPDXID").GetString()).Append("SPDXRef-DOCUMENT").ToHashSet();
        Assert.All(Items(root, "relationships"), relation => Assert.Contains(relation.GetProperty("relatedSpdxElement").GetString(), ids));
    }

    private static ComponentInventory Nasty { get; } = new()
    {
        Digest = Digest.OfSha256(new byte[32]),
        Platform = Platform.LinuxAmd64,
        OsRelease = new OsRelease("opensuse-leap", "15.5", "leap \"x\"", "openSUSE <Leap> 15.5", ["suse", "opensuse"], "cpe:/o:opensuse:leap:15.5"),
        Unknowns = [new Unknown("app/broken.jar", "java", "it is cut")],
        Components =
        [
            Make("pkg:generic/node@20.1.0", "node", "20.1.0", "node") with { Type = ComponentType.Runtime, Licenses = ["mit", "GPL-2.0-only WITH Classpath-exception-2.0"] },
            Make("pkg:generic/tool@1%2F2", "tool", "1/2", "a \"path\"/with ünïcode") with { Type = ComponentType.Application, Origin = "not a url" },
            Make("pkg:golang/github.com/burntsushi/toml@v1.2.0#cmd/x", "github.com/BurntSushi/toml", "v1.2.0", "usr/bin/x") with { Licenses = ["MIT AND (BSD-3-Clause OR ISC)"] },
            Make("pkg:maven/org.example/shop@1.0?classifier=a&type=jar", "org.example:shop", "1.0", "app/a.jar!/b.jar") with { OwnedBy = "pkg:deb/debian/x@1", Licenses = ["Free, as in beer"] },
            Make("pkg:nuget/Newtonsoft.Json@9.0.1", "Newtonsoft.Json", "9.0.1", "") with { Ecosystem = new Ecosystem("NuGet"), Location = new ComponentLocation(null, "bom") },
            Make("pkg:rpm/opensuse/bash@5.1-3.2?arch=x86_64&distro=opensuse-leap-15.5", "bash", "5.1-3.2", "usr/lib/sysimage/rpm/rpmdb.sqlite") with
            {
                Type = ComponentType.OsPackage, Ecosystem = new Ecosystem("openSUSE", "Leap 15.5"), Source = new SourcePackage("bash-src", "1:5.1-3.2"), Supplier = "SUSE LLC <https://www.suse.com/>",
                Licenses = ["GPL-3.0-or-later", "See COPYING", "GPL-3.0-or-later AND MIT"],
            },
            Make("pkg:rpm/opensuse/zypper@1.14-1?arch=x86_64&distro=opensuse-leap-15.5", "zypper", "1.14-1", "usr/lib/sysimage/rpm/rpmdb.sqlite") with
            {
                Type = ComponentType.OsPackage, Ecosystem = new Ecosystem("Elsewhere", "7"), Origin = "https://download.opensuse.org/zypper.rpm",
            },
        ],
    };

    private static Component Make(string purl, string name, string version, string path) => new()
    {
        Purl = PackageUrl.Parse(purl),
        Name = name,
        Version = version,
        Ecosystem = new Ecosystem(PackageUrl.Parse(purl).Type switch { "golang" => "Go", "maven" => "Maven", var type => type }),
        Location = new ComponentLocation(Digest.OfSha256(new byte[32]), path),
    };

    private static byte[] Write(ComponentInventory inventory, SbomFormat format)
    {
        using var output = new MemoryStream();
        SbomWriter.Write(output, format, inventory, Subject);
        return output.ToArray();
    }

    private static void AssertReadsBack(ComponentInventory inventory, SbomFormat format)
    {
        var document = Sbom.Read(Write(inventory, format));

        Assert.Equal(format, document.Format);
        Assert.Empty(document.Unknowns);
        Assert.Equal(inventory.OsRelease, document.OsRelease);
        var reader = format == SbomFormat.CycloneDxJson ? "cyclonedx" : "spdx";
        var expected = inventory.Components.Select(component => component with { Declared = true, FoundBy = reader }).ToList();
        Assert.Equal(expected.Count, document.Components.Length);
        foreach (var (was, now) in expected.Zip(document.Components))
        {
            Assert.Equal(was.Licenses, now.Licenses);
            Assert.Equal(was, now with { Licenses = was.Licenses });
        }
    }

    private static void AssertValid(string draft, SbomFormat format, params string[] schemas)
    {
        Assert.SkipWhen(StandardSchemas.Missing is not null, StandardSchemas.Missing ?? "");
        using var directory = new TemporaryDirectory();
        foreach (var inventory in (ComponentInventory[])[Nasty, new ComponentInventory { Components = [] }])
        {
            var file = Path.Combine(directory.Path, "bom.json");
            File.WriteAllBytes(file, Write(inventory, format));
            Assert.Equal("", StandardSchemas.Validate(draft, file, schemas));
        }
    }

    private static string IdentityOf(byte[] document)
    {
        var text = Encoding.UTF8.GetString(document);
        return System.Text.RegularExpressions.Regex.Match(text, "[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}").Value;
    }

    private static void AssertFields(JsonElement element, string[] required, string[] allowed)
    {
        var names = element.EnumerateObject().Select(property => property.Name).ToList();
        Assert.Empty(required.Except(names));
        Assert.Empty(names.Except([.. required, .. allowed]));
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var array) ? array.EnumerateArray() : [];
}
