using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class SbomReaderTests
{
    [Theory]
    [InlineData("trivy.cdx.json", SbomFormat.CycloneDxJson, "1.6")]
    [InlineData("trivy.spdx.json", SbomFormat.SpdxJson, "SPDX-2.3")]
    [InlineData("trivy.spdx", SbomFormat.SpdxTagValue, "SPDX-2.3")]
    public void What_Trivy_wrote_of_a_root_file_system_is_read_alike_in_each_of_its_formats(string file, SbomFormat format, string version)
    {
        var document = Sbom.ReadFixture(file);

        Assert.Equal((format, version), (document.Format!.Value, document.SpecVersion));
        Assert.Empty(document.Unknowns);
        Assert.False(document.IsPartial);
        Assert.Equal(("debian", "12.11"), (document.OsRelease!.Id, document.OsRelease.VersionId));
        Assert.Equal(["libssl3 3.0.19-1~deb12u2", "login 1:4.13+dfsg1-1+deb12u1", "zlib1g 1:1.2.13.dfsg-1", "lodash 4.17.20", "@babel/core 7.12.3"],
            document.Components.Select(c => $"{c.Name} {c.Version}"));
        var login = document.Component("login");
        Assert.Equal("Debian:12", login.Ecosystem.ToString());
        Assert.Equal(new SourcePackage("shadow", "1:4.13+dfsg1-1+deb12u1"), login.Source);
        Assert.Equal(ComponentType.OsPackage, login.Type);
        Assert.Equal(["Zlib"], document.Component("zlib1g").Licenses);
        Assert.Equal(["MIT"], document.Component("lodash").Licenses);
        Assert.Equal("npm", document.Component("lodash").Ecosystem.ToString());
        Assert.All(document.Components, c => Assert.True(c.Declared));
    }

    [Theory]
    [InlineData("4.17.20", "4.17.21", true)]
    [InlineData("v1.2.3", "1.2.3", false)]
    [InlineData("1:1.2.3-4", "1.2.3-4", false)]
    [InlineData("1.2.3", "", false)]
    public void A_version_that_the_package_URL_contradicts_is_told(string told, string ofPurl, bool said)
    {
        var document = Sbom.Read($$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"x","version":"{{told}}","purl":"pkg:npm/x{{(ofPurl.Length > 0 ? "@" + ofPurl : "")}}"}]}""");

        Assert.Equal(said ? [$"'x' has the version {told}, and its package URL says {ofPurl}; {told} was looked up"] : [], document.Unknowns.Select(unknown => unknown.Reason));
    }

    [Fact]
    public void Trivy_tells_the_file_of_a_package_in_CycloneDX()
    {
        var document = Sbom.ReadFixture("trivy.cdx.json");

        Assert.Equal("app/node_modules/lodash/package.json", document.Component("lodash").Location.Path);
        Assert.Equal("bom", document.Component("libssl3").Location.Path);
    }

    [Theory]
    [InlineData("npm.cdx.json", new[] { "left-pad", "shop", "@types/ms" })]
    [InlineData("npm.spdx.json", new[] { "left-pad", "shop", "@types/ms" })]
    public void What_npm_wrote_of_a_project_is_read(string file, string[] names)
    {
        var document = Sbom.ReadFixture(file);

        Assert.Empty(document.Unknowns);
        Assert.Equal(names, document.Components.Select(c => c.Name));
        Assert.Equal(["WTFPL"], document.Component("left-pad").Licenses);
    }

    [Fact]
    public void A_component_of_CycloneDX_tells_licences_place_origin_and_what_is_inside_it()
    {
        var document = Sbom.Read("""
            {"bomFormat":"CycloneDX","specVersion":"1.7","metadata":{"component":{"type":"container","name":"web","purl":"pkg:oci/web@sha256%3Aaa"},
             "tools":{"components":[{"type":"application","name":"syft","purl":"pkg:golang/github.com/anchore/syft@1.0"}]}},
             "components":[
              {"type":"library","group":"org.apache.logging.log4j","name":"log4j-core","version":"2.14.1",
               "purl":"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar",
               "licenses":[{"license":{"id":"Apache-2.0"}},{"license":{"name":"Custom, see file","text":{"content":"…"}}}],
               "evidence":{"identity":[{"field":"purl"}],"occurrences":[{"bom-ref":"x","location":"/app/shop.jar"}]},
               "externalReferences":[{"type":"website","url":"https://example.org"},{"type":"distribution","url":"https://repo.example/log4j.jar"}],
               "components":[{"type":"library","name":"Jinja2","version":"3.1.2","purl":"pkg:pypi/jinja2@3.1.2","licenses":[{"expression":"MIT OR Apache-2.0"}]}]},
              {"type":"file","name":"/etc/passwd"}]}
            """);

        Assert.Empty(document.Unknowns);
        var log4j = document.Component("org.apache.logging.log4j:log4j-core");
        Assert.Equal("app/shop.jar", log4j.Location.Path);
        Assert.Equal(["Apache-2.0", "Custom, see file"], log4j.Licenses);
        Assert.Equal("https://repo.example/log4j.jar", log4j.Origin);
        Assert.Equal(["MIT OR Apache-2.0"], document.Component("Jinja2").Licenses);
        Assert.Equal(2, document.Components.Length);
        Assert.Equal("cyclonedx", log4j.FoundBy);
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.6")]
    [InlineData("1.7")]
    public void CycloneDX_in_XML_says_the_same(string version)
    {
        var document = Sbom.Read($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- <components> -->
            <bom xmlns="http://cyclonedx.org/schema/bom/{version}" version="1">
              <metadata><component type="container"><name>web</name><version>1</version><purl>pkg:npm/not-this@1</purl></component></metadata>
              <components>
                <component type="operating-system"><name>alpine</name><version>3.20.1</version></component>
                <component type="library" bom-ref="a">
                  <supplier><name>Somebody</name><contact><name>Not a licence</name></contact></supplier>
                  <group>org.example</group><name>shop</name><version>1.0&amp;a</version>
                  <licenses><license><id>MIT</id></license><license><name><![CDATA[Mine & yours]]></name></license></licenses>
                  <purl>pkg:maven/org.example/shop@1.0%26a</purl>
                  <pedigree><ancestors><component type="library"><name>old</name><version>0</version><purl>pkg:npm/old@0</purl></component></ancestors></pedigree>
                  <externalReferences>
                    <reference type="vcs"><url>https://git.example</url></reference><reference type="distribution"><url>https://repo.example/shop.jar</url></reference>
                  </externalReferences>
                  <properties><property name="syft:location:0:path">/app/shop.jar</property></properties>
                  <components><component type="library"><name>busybox</name><version>1.36.1-r29</version>
                    <purl>pkg:apk/alpine/busybox@1.36.1-r29?arch=x86_64&amp;distro=alpine-3.20.1</purl>
                    <licenses><expression>GPL-2.0-only</expression></licenses></component></components>
                </component>
              </components>
            </bom>
            """);

        Assert.Empty(document.Unknowns);
        Assert.Equal((SbomFormat.CycloneDxXml, version), (document.Format!.Value, document.SpecVersion));
        Assert.Equal(["busybox 1.36.1-r29", "org.example:shop 1.0&a"], document.Components.Select(c => $"{c.Name} {c.Version}"));
        var shop = document.Component("org.example:shop");
        Assert.Equal(["MIT", "Mine & yours"], shop.Licenses);
        Assert.Equal("app/shop.jar", shop.Location.Path);
        Assert.Equal("https://repo.example/shop.jar", shop.Origin);
        Assert.Equal("Alpine:v3.20", document.Component("busybox").Ecosystem.ToString());
        Assert.Equal(["GPL-2.0-only"], document.Component("busybox").Licenses);
    }

    [Fact]
    public void SPDX_names_the_licences_that_are_on_no_list()
    {
        var document = Sbom.Read("""
            {"SPDXID":"SPDXRef-DOCUMENT","hasExtractedLicensingInfos":[{"licenseId":"LicenseRef-1","extractedText":"…","name":"The Shop Licence"}],
             "packages":[
               {"SPDXID":"SPDXRef-DocumentRoot-Image-web","name":"web","versionInfo":"sha256:aa","primaryPackagePurpose":"CONTAINER",
                "externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:oci/web@sha256%3Aaa"}]},
               {"SPDXID":"SPDXRef-1","name":"a","versionInfo":"1","licenseDeclared":"LicenseRef-1","licenseConcluded":"MIT",
                "downloadLocation":"https://repo.example/a.tgz","sourceInfo":"acquired package info from installed node module manifest file: /app/node_modules/a/package.json",
                "externalRefs":[{"referenceCategory":"SECURITY","referenceType":"cpe23Type","referenceLocator":"cpe:2.3:a:a:a:1:*:*:*:*:*:*:*"},
                                {"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/a@1"}]},
               {"SPDXID":"SPDXRef-2","name":"b","versionInfo":"2","licenseDeclared":"NOASSERTION","licenseConcluded":"MIT","downloadLocation":"NOASSERTION",
                "externalRefs":[{"referenceCategory":"PACKAGE_MANAGER","referenceType":"http://spdx.org/rdf/references/purl","referenceLocator":"pkg:npm/b@2"}]}],
             "relationships":[{"spdxElementId":"SPDXRef-1","relationshipType":"DEPENDS_ON","relatedSpdxElement":"SPDXRef-2"}],
             "spdxVersion":"SPDX-2.2"}
            """);

        Assert.Empty(document.Unknowns);
        Assert.Equal(["The Shop Licence"], document.Component("a").Licenses);
        Assert.Equal("app/node_modules/a/package.json", document.Component("a").Location.Path);
        Assert.Equal("https://repo.example/a.tgz", document.Component("a").Origin);
        Assert.Equal(["MIT"], document.Component("b").Licenses);
        Assert.Null(document.Component("b").Origin);
        Assert.Equal(2, document.Components.Length);
    }

    [Fact]
    public void SPDX_3_ties_licences_to_packages_by_relationships_in_any_order()
    {
        var document = Sbom.Read("""
            {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
              {"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2026-01-01T00:00:00Z","createdBy":["urn:x#me"]},
              {"type":"Relationship","spdxId":"urn:x#r","creationInfo":"_:c","relationshipType":"hasDeclaredLicense","from":"urn:x#p","to":["urn:x#mit"]},
              {"type":"software_Package","spdxId":"urn:x#p","name":"openssl-libs","software_packageVersion":"3.0.7-27.el9","software_packageUrl":
               "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm","creationInfo":"_:c"},
              {"type":"software_Package","spdxId":"urn:x#q","name":"left-pad","software_packageVersion":"1.3.0",
               "externalIdentifier":[{"type":"ExternalIdentifier","externalIdentifierType":"packageUrl","identifier":"pkg:npm/left-pad@1.3.0"}]},
              {"type":"simplelicensing_LicenseExpression","spdxId":"urn:x#mit","simplelicensing_licenseExpression":"MIT OR BSD-3-Clause"},
              {"type":"SpdxDocument","spdxId":"urn:x#d","rootElement":["urn:x#p"]}]}
            """);

        Assert.Empty(document.Unknowns);
        Assert.Equal((SbomFormat.Spdx3Json, "3.0.1"), (document.Format!.Value, document.SpecVersion));
        var openssl = document.Component("openssl-libs");
        Assert.Equal(["MIT OR BSD-3-Clause"], openssl.Licenses);
        Assert.Equal("1:3.0.7-27.el9", openssl.Version);
        Assert.Equal("Red Hat:9", openssl.Ecosystem.ToString());
        Assert.Equal(new SourcePackage("openssl", "3.0.7-27.el9"), openssl.Source);
        Assert.Equal("rhel", document.OsRelease!.Id);
        Assert.Equal("npm", document.Component("left-pad").Ecosystem.ToString());
    }

    [Fact]
    public void Syft_tells_distribution_place_licences_and_source_package()
    {
        var document = Sbom.Read("""
            {"artifacts":[
              {"id":"1","name":"libssl3","version":"3.0.11-1~deb12u2","type":"deb","foundBy":"dpkg-db-cataloger","locations":[
                {"path":"/var/lib/dpkg/status","layerID":"sha256:aa","annotations":{"evidence":"primary"}},{"path":"/usr/share/doc/libssl3/copyright"}],
               "licenses":[{"value":"Apache 2","spdxExpression":"Apache-2.0","type":"declared","urls":[],"locations":[]},{"value":"Mine","spdxExpression":"","type":"declared"}],
               "language":"","cpes":[{"cpe":"cpe:2.3:a:x:x:1:*:*:*:*:*:*:*"}],"purl":"pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
               "metadataType":"dpkg-db-entry","metadata":{"package":"libssl3","source":"openssl","version":"3.0.11-1~deb12u2","sourceVersion":"","files":[{"path":"/a"}]}},
              {"id":"2","name":"node","version":"20.1.0","type":"binary","foundBy":"binary-classifier-cataloger","licenses":["MIT"],"purl":"pkg:generic/node@20.1.0"}],
             "artifactRelationships":[{"parent":"1","child":"2","type":"dependency-of"},{"parent":"2","child":"1","type":"dependency-of"}],
             "distro":{"prettyName":"Debian GNU/Linux 12 (bookworm)","name":"Debian GNU/Linux","id":"debian","version":"12 (bookworm)","versionID":"12",
                       "versionCodename":"bookworm","idLike":["linux"]},
             "descriptor":{"name":"syft","version":"1.20.0"},"schema":{"version":"16.0.24","url":"https://example"}}
            """);

        Assert.Empty(document.Unknowns);
        Assert.Equal(SbomFormat.SyftJson, document.Format);
        Assert.Equal("bookworm", document.OsRelease!.Codename);
        var ssl = document.Component("libssl3");
        Assert.Equal("var/lib/dpkg/status", ssl.Location.Path);
        Assert.Equal(["Apache-2.0", "Mine"], ssl.Licenses);
        Assert.Equal(new SourcePackage("openssl", "3.0.11-1~deb12u2"), ssl.Source);
        Assert.Equal(ComponentType.Application, document.Component("node").Type);
    }

    [Theory]
    [InlineData("io.netty", "library", "pkg:maven/io.netty/netty-buffer@4.1.50.Final")]
    [InlineData("org.apache.logging.log4j", "framework", "pkg:maven/org.apache.logging.log4j/netty-buffer@4.1.50.Final")]
    [InlineData("@babel", "library", null)]
    [InlineData("symfony", "library", null)]
    [InlineData("Microsoft.Extensions", "library", null)]
    [InlineData("io..netty", "library", null)]
    [InlineData("io.netty", "application", null)]
    public void A_library_with_a_domain_for_its_group_is_Mavens_without_a_purl_too(string group, string type, string? purl)
    {
        var json = Sbom.Read($$"""{"bomFormat":"CycloneDX","components":[{"type":"{{type}}","group":"{{group}}","name":"netty-buffer","version":"4.1.50.Final"}]}""");
        var xml = Sbom.Read($"""<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="{type}"><group>{group}</group><name>netty-buffer</name><version>4.1.50.Final</version></component></components></bom>""");
        foreach (var document in new[] { json, xml })
        {
            Assert.Equal(purl is null ? [] : [purl], document.Components.Select(component => component.Purl.ToString()));
            Assert.All(document.Components, component => Assert.Equal("group and name in the SBOM", component.Evidence));
            Assert.Equal(purl is null, document.Reasons().Any(reason => reason.Contains("has no package URL", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void A_package_without_a_purl_or_a_version_is_said_and_not_guessed()
    {
        var document = Sbom.Read("""
            {"bomFormat":"CycloneDX","components":[
              {"type":"library","name":"a","version":"1"},
              {"type":"library","name":"b","purl":"pkg:npm/b"},
              {"type":"library","name":"c","purl":"npm/c@1"},
              {"type":"application","name":"package-lock.json"},
              {"type":"library","name":"d","version":"1","purl":"pkg:npm/d@1"}]}
            """);

        Assert.Equal(["d"], document.Components.Select(c => c.Name));
        Assert.Equal(
            ["'a' 1 has no package URL", "the version of 'pkg:npm/b' is empty", "'npm/c@1' is not a package URL: it does not start with 'pkg:'"], document.Reasons());
        Assert.False(document.IsPartial);
    }

    [Theory]
    [InlineData("debian-12", "Debian:12")]
    [InlineData("debian-12.5", "Debian:12")]
    [InlineData("bookworm", "Debian:12")]
    [InlineData("debian-bookworm", "Debian:12")]
    public void The_distro_of_a_purl_tells_the_release(string distro, string ecosystem)
    {
        var document = Sbom.Read(
            $$"""{"bomFormat":"CycloneDX","components":[{"type":"library","name":"x","version":"1","purl":"pkg:deb/debian/x@1?distro={{distro}}"}]}""");

        Assert.Equal(ecosystem, document.Component("x").Ecosystem.ToString());
    }

    [Theory]
    [InlineData("redhat-9.3", "redhat", "Red Hat:9")]
    [InlineData("opensuse-leap-15.5", "opensuse", "openSUSE:Leap 15.5")]
    [InlineData("azurelinux-3.0", "azurelinux", "Azure Linux:3")]
    [InlineData("rocky-9.4", "rocky", "Rocky Linux:9")]
    public void The_distro_of_an_rpm_is_understood_in_other_tools_words(string distro, string space, string ecosystem)
    {
        var document = Sbom.Read(
            $$"""{"bomFormat":"CycloneDX","components":[{"type":"library","name":"x","version":"1","purl":"pkg:rpm/{{space}}/x@1?distro={{distro}}"}]}""");

        Assert.Equal(ecosystem, document.Component("x").Ecosystem.ToString());
    }
}
