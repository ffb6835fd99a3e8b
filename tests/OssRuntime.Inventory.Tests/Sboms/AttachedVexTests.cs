using System.Collections.Immutable;
using System.Text;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Sboms;

public class AttachedVexTests
{
    private const string VexType = "https://openvex.dev/ns/v0.2.0";
    private const string OpenVex = """{"@context":"https://openvex.dev/ns/v0.2.0","@id":"a","statements":[{"vulnerability":{"name":"CVE-2026-1"},"products":[{"@id":"pkg:npm/seen@1.0.0"}],"status":"not_affected"}]}""";

    [Fact]
    public async Task A_document_that_refers_to_the_image_is_found_and_nobody_vouches_for_it()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(OpenVex, "application/vnd.openvex+json");
        attachments.Refer(Attachments.Bom(), Attachments.CycloneDx);
        attachments.AnswerReferrers();

        var (documents, unknowns) = await FindAsync(attachments, SbomTrust.Nobody);

        var document = Assert.Single(documents);
        Assert.Equal((OpenVex, null), (Encoding.UTF8.GetString(document.Document.Span), document.VerifiedBy));
        Assert.Empty(unknowns);
    }

    [Fact]
    public async Task A_signed_statement_is_verified_and_its_predicate_is_the_document()
    {
        await using var attachments = await Attachments.StartAsync();
        var key = SigningKey.Ec();
        attachments.Cosign("att", key.Envelope(attachments.Statement(OpenVex, VexType)).ToJsonString(), Attachments.Dsse, ("predicateType", VexType));

        var (documents, _) = await FindAsync(attachments, key.Trust);

        var document = Assert.Single(documents);
        Assert.NotNull(document.VerifiedBy);
        Assert.Equal(OpenVex, Encoding.UTF8.GetString(document.Document.Span));
    }

    [Fact]
    public async Task A_statement_of_BuildKit_is_found()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.BuildKit(attachments.Statement(OpenVex, VexType), VexType);

        Assert.Single((await FindAsync(attachments, SbomTrust.Nobody)).Documents);
    }

    [Fact]
    public async Task A_statement_about_another_image_and_one_that_is_no_VEX_are_left_out()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(attachments.Statement(OpenVex, VexType, "sha256:" + new string('0', 64)), Attachments.InToto);
        attachments.Refer(attachments.Statement("{}", Attachments.SpdxType), Attachments.InToto);
        attachments.Refer("no JSON", "application/vnd.openvex+json");
        attachments.AnswerReferrers();

        var (documents, unknowns) = await FindAsync(attachments, SbomTrust.Nobody);

        Assert.Empty(documents);
        Assert.Equal(2, unknowns.Length);
        Assert.Contains(unknowns, unknown => unknown.Reason.Contains("the statement is about another image", StringComparison.Ordinal));
        Assert.All(unknowns, unknown => Assert.Equal("vex/Referrer", unknown.Extractor));
    }

    [Fact]
    public async Task What_nobody_who_is_trusted_signed_is_left_out_unless_the_owner_takes_everything()
    {
        await using var attachments = await Attachments.StartAsync();
        attachments.Refer(OpenVex, "application/vnd.openvex+json");
        attachments.AnswerReferrers();
        var image = attachments.Open();
        var manifest = await image.ResolveAsync(Platform.LinuxAmd64, TestContext.Current.CancellationToken);

        var found = await AttachedVex.FindAsync(image, manifest, new AttachedVexOptions(SbomTrust.Nobody), TestContext.Current.CancellationToken);

        Assert.Empty(found.Documents);
        Assert.Contains("nobody who is trusted signed it", Assert.Single(found.Unknowns).Reason, StringComparison.Ordinal);
        Assert.True(found.IsComplete);
    }

    [Fact]
    public async Task A_registry_that_fails_leaves_the_search_incomplete()
    {
        await using var attachments = await Attachments.StartAsync();
        var image = attachments.Open();
        var manifest = await image.ResolveAsync(Platform.LinuxAmd64, TestContext.Current.CancellationToken);
        attachments.Registry.Script(request => request.Path.Value!.Contains("/referrers/", StringComparison.Ordinal), context =>
        {
            context.Response.StatusCode = 429;
            return Task.CompletedTask;
        });

        var found = await AttachedVex.FindAsync(image, manifest, new AttachedVexOptions(SbomTrust.Nobody), TestContext.Current.CancellationToken);

        Assert.False(found.IsComplete);
    }

    [Theory]
    [InlineData("a.json", false, false)]
    [InlineData("attached", true, false)]
    [InlineData("attached:unverified", true, true)]
    public void The_words_for_attached_documents_are_told_from_paths(string name, bool attached, bool unverified)
    {
        var (paths, options) = AttachedVexOptions.Read([name], SbomTrust.Nobody);

        Assert.Equal((attached, unverified), (options is not null, options?.Unverified == true));
        Assert.Equal(attached ? [] : [name], paths);
    }

    private static async Task<(ImmutableArray<VexAttachment> Documents, ImmutableArray<Unknown> Unknowns)> FindAsync(Attachments attachments, SbomTrust trust)
    {
        var image = attachments.Open();
        var found = await AttachedVex.FindAsync(
            image, await image.ResolveAsync(Platform.LinuxAmd64, TestContext.Current.CancellationToken), new AttachedVexOptions(trust, Unverified: true), TestContext.Current.CancellationToken);
        return (found.Documents, found.Unknowns);
    }
}
