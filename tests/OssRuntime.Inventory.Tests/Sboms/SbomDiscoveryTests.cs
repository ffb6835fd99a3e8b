using System.Net;
using System.Text.Json.Nodes;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Sboms;

public sealed class SbomDiscoveryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_SBOM_that_refers_to_the_image_is_found_by_the_API_or_by_its_tag(bool byApi)
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer("{}", "application/vnd.cncf.notary.signature");
        attachments.Refer(Attachments.Bom(), Attachments.CycloneDx);
        if (byApi)
        {
            attachments.AnswerReferrers();
        }
        else
        {
            attachments.TagReferrers();
        }

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Equal((InventorySource.Referrer, null), (found!.Source, found.VerifiedBy));
        Assert.Equal(["pkg:npm/declared@1.0.0"], found.Document.Purls());
        Assert.StartsWith("Referrer sha256:", found.Document.Components[0].Location.Path, StringComparison.Ordinal);
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task A_sigstore_bundle_among_the_referrers_is_opened_and_its_signature_verified()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        var bundle = new JsonObject
        {
            ["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.3+json",
            ["verificationMaterial"] = new JsonObject { ["publicKey"] = new JsonObject { ["hint"] = "x" } },
            ["dsseEnvelope"] = key.Envelope(attachments.Statement(Attachments.Spdx())),
        };
        attachments.Refer(bundle.ToJsonString(), Attachments.Bundle);
        attachments.AnswerReferrers();

        var (found, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });

        Assert.Equal(key.Trust.Keys[0].Name, found!.VerifiedBy);
        Assert.Equal(["pkg:npm/declared@1.0.0"], found.Document.Purls());
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task A_cosign_attestation_is_found_by_its_tag_and_provenance_beside_it_is_passed_over()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign("att", key.Envelope(attachments.Statement(Attachments.Bom(), "https://cyclonedx.org/bom")).ToJsonString(), Attachments.Dsse, ("predicateType", "https://cyclonedx.org/bom"));

        var (found, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });

        Assert.Equal((InventorySource.CosignAttestation, key.Trust.Keys[0].Name), (found!.Source, found.VerifiedBy));

        attachments.Cosign("att", key.Envelope(attachments.Statement("{}", "https://slsa.dev/provenance/v1")).ToJsonString(), Attachments.Dsse);
        var (none, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });
        Assert.Null(none);
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task An_SBOM_under_the_tag_of_cosign_is_found_and_unverified()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("sbom", "SPDXVersion: SPDX-2.3\nPackageName: declared\nPackageVersion: 1.0.0\nExternalRef: PACKAGE-MANAGER purl pkg:npm/declared@1.0.0\n", "text/spdx");

        var (found, _) = await attachments.FindAsync();

        Assert.Equal((InventorySource.CosignAttestation, null), (found!.Source, found.VerifiedBy));
        Assert.Equal(["pkg:npm/declared@1.0.0"], found.Document.Purls());
    }

    [Fact]
    public async Task BuildKit_keeps_SBOMs_in_the_index_beside_the_image_that_they_are_about()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.BuildKit(attachments.Statement(Attachments.Spdx()), Attachments.SpdxType);

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Equal((InventorySource.BuildKitAttestation, null), (found!.Source, found.VerifiedBy));
        Assert.Equal(["pkg:npm/declared@1.0.0"], found.Document.Purls());
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task BuildKits_statements_about_another_platform_are_left_alone()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.BuildKit(attachments.Statement(Attachments.Spdx()), Attachments.SpdxType, about: $"sha256:{new string('a', 64)}");

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task A_statement_about_another_image_is_refused()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign("att", key.Envelope(attachments.Statement(Attachments.Spdx(), about: $"sha256:{new string('b', 64)}")).ToJsonString(), Attachments.Dsse);

        var (found, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });

        Assert.Null(found);
        Assert.EndsWith("the statement is about another image", Assert.Single(unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referrer_whose_manifest_refers_to_another_image_is_refused()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(Attachments.Bom(), Attachments.CycloneDx, subject: $"sha256:{new string('c', 64)}");
        attachments.AnswerReferrers();

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.EndsWith("does not refer to the image", Assert.Single(unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_thousands_of_referrers_only_so_many_are_asked_for_and_that_is_said()
    {
        await using var attachments = await Attachments.StartAsync();
        for (var i = 0; i < 200; i++)
        {
            attachments.Refer(Attachments.Bom($"other{i}"), Attachments.CycloneDx, subject: $"sha256:{new string('c', 64)}");
        }

        attachments.AnswerReferrers();

        var (_, unknowns) = await attachments.FindAsync();

        Assert.InRange(attachments.Registry.Count("/manifests/"), 64, 70);
        Assert.Contains(unknowns, unknown => unknown.Reason == "only the first 64 manifests of what is attached were looked at");
        Assert.InRange(unknowns.Count, 65, 101);
    }

    [Fact]
    public async Task All_SBOMs_of_an_image_together_have_one_bound()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer($"{{\"bomFormat\":\"CycloneDX\",\"x\":\"{new string('x', 8_000)}\"}}", Attachments.CycloneDx);
        attachments.Refer($"{{\"bomFormat\":\"CycloneDX\",\"x\":\"{new string('y', 8_000)}\"}}", Attachments.CycloneDx);
        attachments.AnswerReferrers();

        var (_, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { Limits = new OssRuntime.Inventory.Sboms.SbomLimits { DocumentBytes = 12_000 } });

        Assert.Contains(unknowns, unknown => unknown.Reason.Contains("the document has more than", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signature_of_somebody_else_verifies_nothing_and_is_said()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("att", SigningKey.Ec().Envelope(attachments.Statement(Attachments.Spdx())).ToJsonString(), Attachments.Dsse);

        var (found, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = SigningKey.Ec().Trust });

        Assert.Null(found!.VerifiedBy);
        Assert.EndsWith("its signature is by none of the trusted keys", Assert.Single(unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_that_was_changed_after_it_was_signed_is_not_verified()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign(
            "att", key.Envelope(attachments.Statement(Attachments.Spdx("evil")), signed: attachments.Statement(Attachments.Spdx("good"))).ToJsonString(), Attachments.Dsse);

        var (found, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });

        Assert.Null(found!.VerifiedBy);
    }

    [Fact]
    public async Task A_verified_SBOM_of_a_later_kind_counts_before_an_unverified_one_of_an_earlier()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Refer(Attachments.Bom("unsigned"), Attachments.CycloneDx);
        attachments.AnswerReferrers();
        attachments.Cosign("att", key.Envelope(attachments.Statement(Attachments.Spdx("signed"))).ToJsonString(), Attachments.Dsse);

        var (verified, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust });
        var (first, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = key.Trust, UsableUnverified = [InventorySource.Referrer] });

        Assert.Equal(["pkg:npm/signed@1.0.0"], verified!.Document.Purls());
        Assert.Equal(["pkg:npm/unsigned@1.0.0"], first!.Document.Purls());
    }

    [Fact]
    public async Task A_kind_that_is_off_costs_no_request()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(Attachments.Bom(), Attachments.CycloneDx);
        attachments.AnswerReferrers();

        var (found, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Kinds = [InventorySource.BuildKitAttestation, InventorySource.EmbeddedSbom] });

        Assert.Null(found);
        Assert.Equal(0, attachments.Registry.Count("/referrers/") + attachments.Registry.Count(".att") + attachments.Registry.Count(".sbom"));
    }

    [Fact]
    public async Task An_image_with_nothing_attached_has_no_SBOM_and_no_unknowns()
    {
        await using var attachments = await Attachments.StartAsync();

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task A_registry_that_fails_at_such_questions_is_said_and_the_other_kinds_are_looked_for()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Registry.Script("/referrers/", HttpStatusCode.InternalServerError);
        attachments.Cosign("sbom", Attachments.Bom(), Attachments.CycloneDx);

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Equal(InventorySource.CosignAttestation, found!.Source);
        Assert.Equal("sbom/Referrer", Assert.Single(unknowns).Extractor);
    }

    [Fact]
    public async Task A_registry_that_asks_for_patience_is_asked_for_nothing_more()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Registry.Script("/referrers/", HttpStatusCode.TooManyRequests);
        var image = attachments.Open();
        var manifest = await image.ResolveAsync(OssRuntime.Model.Images.Platform.LinuxAmd64, TestContext.Current.CancellationToken);
        var before = attachments.Registry.Requests.Count;

        var discovery = new SbomDiscovery(image, manifest, new SbomDiscoveryOptions());
        Assert.Null(await discovery.FindAsync(TestContext.Current.CancellationToken));

        Assert.Single(discovery.Unknowns);
        Assert.Equal(before + 1, attachments.Registry.Requests.Count);
    }

    [Theory]
    [InlineData("</v2/shop/web/referrers/DIGEST?last=x>; rel=\"next\"", true)]
    [InlineData("<http://169.254.169.254/v2/shop/web/referrers/DIGEST?last=x>; rel=\"next\"", false)]
    [InlineData("</admin?last=x>; rel=\"next\"", false)]
    [InlineData("</v2/shop/web/referrers/DIGEST>; rel=\"next\"", false)]
    [InlineData("rel=next", false)]
    public async Task A_long_list_of_referrers_is_followed_from_page_to_page_on_the_same_registry(string link, bool isFollowed)
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(Attachments.Bom(), Attachments.CycloneDx);
        attachments.AnswerReferrers();
        attachments.Registry.Script(
            request => request.Path.Value!.Contains("/referrers/", StringComparison.Ordinal) && !request.QueryString.HasValue,
            async context =>
            {
                context.Response.ContentType = "application/vnd.oci.image.index.v1+json";
                context.Response.Headers.Link = link.Replace("DIGEST", attachments.Image.Digest, StringComparison.Ordinal);
                await context.Response.Body.WriteAsync("""{"schemaVersion":2,"manifests":[]}"""u8.ToArray());
            });

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Equal(isFollowed, found is not null);
        Assert.Empty(unknowns);
        Assert.Equal(isFollowed ? 2 : 1, attachments.Registry.Count("/referrers/"));
    }

    [Fact]
    public async Task A_page_for_people_is_no_list_of_referrers()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Registry.Script(
            request => request.Path.Value!.Contains("/referrers/", StringComparison.Ordinal),
            async context =>
            {
                context.Response.ContentType = "text/html";
                await context.Response.Body.WriteAsync("<html>"u8.ToArray());
            });

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task Bytes_that_are_not_what_their_digest_says_are_refused()
    {
        await using var attachments = await Attachments.StartAsync();
        var bom = Attachments.Bom();
        attachments.Cosign("sbom", bom, Attachments.CycloneDx);
        var digest = OssRuntime.Testing.Images.ImageBuilder.DigestOf(System.Text.Encoding.UTF8.GetBytes(bom));
        attachments.Registry.Script(
            request => request.Path.Value!.EndsWith($"/blobs/{digest}", StringComparison.Ordinal),
            context => context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(bom.Replace("declared", "replaced", StringComparison.Ordinal))).AsTask());

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Contains("has other content than its digest says", Assert.Single(unknowns).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no json at all", Attachments.Dsse)]
    [InlineData("{}", Attachments.Dsse)]
    [InlineData("[]", Attachments.Dsse)]
    [InlineData("{\"payloadType\":1,\"payload\":2,\"signatures\":3}", Attachments.Dsse)]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"!!!\",\"signatures\":[]}", Attachments.Dsse)]
    [InlineData("{\"dsseEnvelope\":{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[1,{},{\"sig\":\"?\"}]},\"verificationMaterial\":{\"certificate\":{\"rawBytes\":\"AAAA\"}}}", Attachments.Bundle)]
    [InlineData("{\"predicateType\":\"https://spdx.dev/Document\",\"subject\":7,\"predicate\":[]}", Attachments.InToto)]
    [InlineData("{\"predicateType\":\"https://spdx.dev/Document\",\"subject\":[{\"digest\":{\"sha256\":null}}],\"predicate\":{\"bomFormat\":", Attachments.InToto)]
    [InlineData("{\"payloadType\":\"\\ud800\",\"payload\":\"e30=\",\"signatures\":[]}", Attachments.Dsse)]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"\\ud800\",\"signatures\":[]}", Attachments.Dsse)]
    [InlineData("{\"predicateType\":\"\\ud800\",\"predicate\":{\"bomFormat\":\"CycloneDX\"}}", Attachments.InToto)]
    [InlineData("PK", "application/zip")]
    public async Task What_is_no_statement_harms_nobody(string content, string mediaType)
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("att", content, mediaType);

        var (found, _) = await attachments.FindAsync(new SbomDiscoveryOptions { Trust = SigningKey.Ec().Trust });

        Assert.Null(found);
    }

    [Theory]
    [InlineData("{\"layers\":[{\"digest\":\"\\ud800\"}]}")]
    [InlineData("{\"layers\":[{\"digest\":7,\"annotations\":[]},1,null]}")]
    [InlineData("{\"layers\":{}}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task A_manifest_under_the_tag_of_cosign_that_is_none_harms_nobody(string manifest)
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Registry.PushManifest(
            Attachments.Repository, $"{attachments.Image.Digest.Replace(':', '-')}.att", "application/vnd.oci.image.manifest.v1+json", System.Text.Encoding.UTF8.GetBytes(manifest));

        var (found, _) = await attachments.FindAsync();

        Assert.Null(found);
    }

    [Fact]
    public async Task So_many_documents_of_a_kind_are_read_and_no_more()
    {
        await using var attachments = await Attachments.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            attachments.Refer($$"""{"no":{{i}}}""", Attachments.CycloneDx);
        }

        attachments.AnswerReferrers();

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Equal("only the first 8 documents were read", Assert.Single(unknowns).Reason);
    }

    [Fact]
    public async Task An_envelope_beyond_the_limit_is_refused()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Cosign("att", SigningKey.Ec().Envelope(attachments.Statement(Attachments.Spdx())).ToJsonString(), Attachments.Dsse);

        var (found, unknowns) = await attachments.FindAsync(new SbomDiscoveryOptions { EnvelopeBytes = 100 });

        Assert.Null(found);
        Assert.Contains("the envelope has more than 100 bytes", Assert.Single(unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_never_comes_to_its_end_is_given_up()
    {
        await using var attachments = await Attachments.StartAsync();
        var bom = Attachments.Bom();
        attachments.Cosign("sbom", bom, Attachments.CycloneDx);
        attachments.Registry.Fault(OssRuntime.Testing.Images.ImageBuilder.DigestOf(System.Text.Encoding.UTF8.GetBytes(bom)), FakeBlobFault.Cut, after: 10);

        var (found, unknowns) = await attachments.FindAsync();

        Assert.Null(found);
        Assert.Single(unknowns);
    }
}
