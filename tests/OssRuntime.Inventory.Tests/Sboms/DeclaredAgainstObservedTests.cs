using System.Net;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class DeclaredAgainstObservedTests
{
    private static readonly InventoryOptions Auto = new() { Mode = InventoryMode.Auto };
    private static readonly InventoryOptions AutoUnverified =
        new() { Mode = InventoryMode.Auto, Sboms = new SbomDiscoveryOptions { UsableUnverified = [InventorySource.Referrer, InventorySource.CosignAttestation, InventorySource.EmbeddedSbom] } };

    [Fact]
    public async Task An_SBOM_that_hides_a_package_whitens_nothing_even_if_it_is_signed()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign("att", key.Envelope(attachments.Statement(Attachments.Spdx("declared"))).ToJsonString(), Attachments.Dsse);

        var inventory = await attachments.IndexAsync(Auto with { Sboms = new SbomDiscoveryOptions { Trust = key.Trust } });

        Assert.Equal(InventorySource.Layers, inventory.Source);
        Assert.Equal([("declared", true), ("seen", false)], inventory.Components.Select(c => (c.Name, c.Declared)));
        var declaration = inventory.Declaration!;
        Assert.Equal((InventorySource.CosignAttestation, "SpdxJson", true, true), (declaration.Source, declaration.Format, declaration.Used, declaration.Compared));
        Assert.Equal(key.Trust.Keys[0].Name, declaration.VerifiedBy);
        Assert.Equal(["pkg:npm/seen@1.0.0"], declaration.LeftOut);
        Assert.Equal(["pkg:npm/declared@1.0.0"], declaration.Added);
    }

    [Fact]
    public async Task An_unverified_SBOM_is_compared_and_adds_nothing_unless_the_policy_lets_it()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);

        var careful = await attachments.IndexAsync(Auto);
        var trusting = await attachments.IndexAsync(AutoUnverified);

        Assert.Equal(["seen 1.0.0"], careful.Names());
        Assert.Equal((false, true, null), (careful.Declaration!.Used, careful.Declaration.Compared, careful.Declaration.VerifiedBy));
        Assert.Equal(["pkg:npm/declared@1.0.0"], careful.Declaration.Added);
        Assert.Equal(["declared 1.0.0", "seen 1.0.0"], trusting.Names());
        Assert.True(trusting.Declaration!.Used);
    }

    [Fact]
    public async Task The_same_package_in_other_words_is_no_difference_and_another_version_is()
    {
        await using var attachments = await Attachments.StartAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("login", "1:4.13+dfsg1-1", "Source: shadow\n") + Stanza("zlib1g", "1:1.2.13.dfsg-1"))
            .File("usr/lib/python3/dist-packages/Jinja2-3.1.2.dist-info/METADATA", "Name: Jinja2\nVersion: 3.1.2\n\n"));
        attachments.Cosign("sbom", """
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[
              {"type":"library","name":"login","version":"1:4.13+dfsg1-1","purl":"pkg:deb/debian/login@4.13%2Bdfsg1-1?arch=amd64&distro=debian-12.5&epoch=1"},
              {"type":"library","name":"zlib1g","version":"1:1.2.14","purl":"pkg:deb/debian/zlib1g@1.2.14?distro=debian-12&epoch=1"},
              {"type":"library","name":"jinja2","version":"3.1.2","purl":"pkg:pypi/jinja2@3.1.2"}]}
            """, Attachments.CycloneDx);

        var inventory = await attachments.IndexAsync(AutoUnverified);

        Assert.Equal(["login 1:4.13+dfsg1-1", "zlib1g 1:1.2.13.dfsg-1", "Jinja2 3.1.2"], inventory.Names());
        Assert.Empty(inventory.Declaration!.LeftOut);
        Assert.Empty(inventory.Declaration.Added);
        Assert.Equal(
            new DeclaredDifference("pkg:deb/debian/zlib1g@1.2.14?distro=debian-12&epoch=1", "pkg:deb/debian/zlib1g@1:1.2.13.dfsg-1?arch=amd64&distro=debian-12"),
            Assert.Single(inventory.Declaration.Different));
    }

    [Fact]
    public async Task An_image_whose_layers_are_gone_is_what_its_SBOM_says_if_that_may_be_believed()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign("att", key.Envelope(attachments.Statement(Attachments.Spdx())).ToJsonString(), Attachments.Dsse);
        attachments.Registry.DeleteBlob(Attachments.Repository, attachments.Image.LayerDigests[0]);

        var inventory = await attachments.IndexAsync(Auto with { Sboms = new SbomDiscoveryOptions { Trust = key.Trust } });

        Assert.Equal((InventorySource.CosignAttestation, true), (inventory.Source, inventory.Verified));
        Assert.Equal(["declared 1.0.0"], inventory.Names());
        Assert.False(inventory.Declaration!.Compared);
        Assert.StartsWith("the layers could not be read: ", Assert.Single(inventory.Unknowns).Reason, StringComparison.Ordinal);
        var failure = await Assert.ThrowsAsync<InventoryException>(() => attachments.IndexAsync(Auto));
        Assert.Equal(FailureReason.BlobUnknown, failure.Failure.Reason);
    }

    [Fact]
    public async Task The_SBOM_alone_is_read_where_it_is_asked_for_and_no_layer()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);

        var inventory = await attachments.IndexAsync(AutoUnverified with { Mode = InventoryMode.Sbom });

        Assert.Equal((InventorySource.CosignAttestation, false), (inventory.Source, inventory.Verified));
        Assert.Equal(["declared 1.0.0"], inventory.Names());
        Assert.Equal(0, attachments.Registry.Count($"/blobs/{attachments.Image.LayerDigests[0]}"));
    }

    [Fact]
    public async Task Asking_for_an_SBOM_alone_fails_where_there_is_none_to_believe()
    {
        await using var attachments = await Attachments.StartAsync();

        var none = await Assert.ThrowsAsync<InventoryException>(() => attachments.IndexAsync(new InventoryOptions { Mode = InventoryMode.Sbom }));
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);
        var unverified = await Assert.ThrowsAsync<InventoryException>(() => attachments.IndexAsync(new InventoryOptions { Mode = InventoryMode.Sbom }));

        Assert.Equal((FailureReason.SbomNotFound, "no SBOM was found with the image"), (none.Failure.Reason, none.Failure.Message));
        Assert.EndsWith("is not verified", unverified.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_the_image_that_are_SBOMs_add_what_no_extractor_sees()
    {
        var image = new ImageBuilder()
            .Layer(tar => tar
                .File("etc/os-release", "ID=wolfi\nVERSION_ID=\"20230201\"\n")
                .File("opt/bitnami/nginx/.spdx-nginx.spdx", BitnamiSpdx("nginx", "1.24.0"))
                .File("opt/bitnami/old/.spdx-old.spdx", BitnamiSpdx("old", "1")))
            .Layer(tar => tar
                .File("opt/bitnami/nginx/.spdx-nginx.spdx", BitnamiSpdx("nginx", "1.25.3"))
                .File("opt/bitnami/.wh.old", "")
                .File("var/lib/db/sbom/busybox-1.36.1-r5.spdx.json", """
                    {"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"SPDXRef-1","name":"busybox","versionInfo":"1.36.1-r5","externalRefs":[
                     {"referenceType":"purl","referenceLocator":"pkg:apk/wolfi/busybox@1.36.1-r5?arch=x86_64"}]},
                     {"SPDXID":"SPDXRef-2","name":"source","versionInfo":"1","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:github/mirror/busybox@1"}]}]}
                    """)
                .File("usr/share/sbom/broken.json", "{"))
            .Build();
        using var directory = new TemporaryDirectory();
        image.WriteLayout(directory.Path);

        var inventory = await new ImageIndexer(Auto, null, TimeProvider.System).IndexAsync(
            new OssRuntime.Inventory.Images.OciLayout(directory.Path, null), OssRuntime.Model.Images.Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);

        Assert.Equal(["busybox 1.36.1-r5", "nginx 1.25.3"], inventory.Names());
        var nginx = inventory.Component("nginx");
        Assert.Equal(("opt/bitnami/nginx/.spdx-nginx.spdx", image.LayerDigests[1]), (nginx.Location.Path, nginx.Location.Layer!.Value.Value));
        Assert.Equal("Wolfi", inventory.Component("busybox").Ecosystem.ToString());
        Assert.Equal((InventorySource.EmbeddedSbom, true), (inventory.Declaration!.Source, inventory.Declaration.Used));
        Assert.Empty(inventory.Declaration.LeftOut);
        Assert.Contains(inventory.Unknowns, unknown => unknown.Path == "usr/share/sbom/broken.json");

        var layers = await new ImageIndexer(new InventoryOptions(), null, TimeProvider.System).IndexAsync(
            new OssRuntime.Inventory.Images.OciLayout(directory.Path, null), OssRuntime.Model.Images.Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
        Assert.Empty(layers.Components);
        Assert.Null(layers.Declaration);
    }

    [Fact]
    public async Task Layers_alone_ask_the_registry_for_nothing_else()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);

        var inventory = await attachments.IndexAsync(new InventoryOptions());

        Assert.Null(inventory.Declaration);
        Assert.Equal(0, attachments.Registry.Count("/referrers/") + attachments.Registry.Count(".sbom"));
    }

    [Fact]
    public async Task A_search_that_fails_is_said_and_the_image_is_inventoried()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Registry.Script("/referrers/", HttpStatusCode.ServiceUnavailable);

        var inventory = await attachments.IndexAsync(Auto);

        Assert.Equal(["seen 1.0.0"], inventory.Names());
        Assert.Contains(inventory.Unknowns, unknown => unknown.Extractor == "sbom/Referrer");
    }

    [Fact]
    public async Task What_was_found_is_kept_and_looked_for_anew_only_under_other_options()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);
        var store = new MemoryStore();

        var first = await attachments.IndexAsync(Auto, store);
        var asked = attachments.Registry.Requests.Count;
        var again = await attachments.IndexAsync(Auto, store);
        Assert.Equal(asked, attachments.Registry.Requests.Count);
        var other = await attachments.IndexAsync(AutoUnverified, store);

        Assert.Equal(first.Declaration, again.Declaration);
        Assert.Equal(1, attachments.Registry.Count($"/blobs/{attachments.Image.LayerDigests[0]}"));
        Assert.True(other.Declaration!.Used);
    }

    [Fact]
    public void A_declaration_survives_the_store()
    {
        var inventory = new ComponentInventory
        {
            Components = [],
            Declaration = new SbomComparison(InventorySource.Referrer, "n", "Spdx3Json")
            {
                VerifiedBy = "k",
                Used = true,
                Components = 3,
                LeftOut = ["a", "b"],
                Added = ["c"],
                Different = [new DeclaredDifference("d", "e")],
            },
        };

        Assert.Equal(inventory, InventoryCodec.Decode(InventoryCodec.Encode(inventory)));
    }

    private static string BitnamiSpdx(string name, string version) =>
        $$"""
        {"SPDXID":"SPDXRef-DOCUMENT","spdxVersion":"SPDX-2.3","name":"SPDX document for {{name}}","packages":[{"SPDXID":"SPDXRef-{{name}}","name":"{{name}}","versionInfo":"{{version}}",
         "downloadLocation":"https://example.org/{{name}}.tar.gz","licenseDeclared":"BSD-2-Clause",
         "externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:bitnami/{{name}}@{{version}}?arch=amd64&distro=debian-12"}]}]}
        """;
}
