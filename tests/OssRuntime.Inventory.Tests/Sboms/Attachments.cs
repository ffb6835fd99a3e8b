using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Sboms;

/// <summary>A registry with one image, things attached to it in all the ways there are, and the search for them.</summary>
internal sealed class Attachments : IAsyncDisposable
{
    public const string Repository = "shop/web";
    public const string CycloneDx = "application/vnd.cyclonedx+json";
    public const string Bundle = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public const string Dsse = "application/vnd.dsse.envelope.v1+json";
    public const string InToto = "application/vnd.in-toto+json";
    public const string SpdxType = "https://spdx.dev/Document";
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";

    private readonly RegistryClient _client = new(new RegistryOptions(), TimeProvider.System, null);
    private readonly JsonArray _referrers = [];

    private Attachments(FakeRegistry registry, Action<TarBuilder> fill)
    {
        Registry = registry;
        Image = new ImageBuilder().Layer(fill).Build();
        Registry.Push(Repository, "v1", Image);
    }

    public FakeRegistry Registry { get; }

    public BuiltImage Image { get; }

    public string Reference { get; set; } = "";

    public static async Task<Attachments> StartAsync(Action<TarBuilder>? fill = null) => new(
        await FakeRegistry.StartAsync(),
        fill ?? (tar => tar.File("app/node_modules/seen/package.json", """{"name":"seen","version":"1.0.0"}""")));

    public static string Bom(string name = "declared") =>
        $$"""{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","name":"{{name}}","version":"1.0.0","purl":"pkg:npm/{{name}}@1.0.0"}]}""";

    public static string Spdx(string name = "declared") => $$"""
        {"spdxVersion":"SPDX-2.3","SPDXID":"SPDXRef-DOCUMENT","packages":[{"SPDXID":"SPDXRef-1","name":"{{name}}","versionInfo":"1.0.0","externalRefs":[
         {"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/{{name}}@1.0.0"}]}]}
        """;

    public string Statement(string predicate, string type = SpdxType, string? about = null) =>
        $$$"""{"_type":"https://in-toto.io/Statement/v1","predicateType":"{{{type}}}","subject":[{"name":"x","digest":{"sha256":"{{{(about ?? Image.Digest)["sha256:".Length..]}}}"}}],"predicate":{{{predicate}}}}""";

    /// <summary>Pushes an artifact's manifest with one blob; returns its descriptor.</summary>
    public JsonObject Push(string content, string mediaType, string? tag = null, string? subject = null, string? artifactType = null, params (string Name, string Value)[] annotations)
    {
        var blob = Encoding.UTF8.GetBytes(content);
        var layer = Descriptor(mediaType, blob);
        layer["annotations"] = new JsonObject(annotations.Select(a => KeyValuePair.Create(a.Name, (JsonNode?)a.Value)));
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciManifest,
            ["artifactType"] = artifactType,
            ["config"] = Descriptor("application/vnd.oci.empty.v1+json", "{}"u8),
            ["layers"] = new JsonArray(layer),
        };
        if (subject is not null)
        {
            manifest["subject"] = new JsonObject { ["mediaType"] = OciManifest, ["digest"] = subject, ["size"] = 1 };
        }

        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        var built = new BuiltImage(OciManifest, bytes, new Dictionary<string, byte[]> { [ImageBuilder.DigestOf(blob)] = blob, [ImageBuilder.DigestOf(bytes)] = bytes }, []);
        Registry.Push(Repository, tag ?? "attached", built);
        var descriptor = Descriptor(OciManifest, bytes);
        descriptor["artifactType"] = artifactType;
        return descriptor;
    }

    /// <summary>Attaches something that refers to the image.</summary>
    public void Refer(string content, string mediaType, string? subject = null) =>
        _referrers.Add(Push(content, mediaType, subject: subject ?? Image.Digest, artifactType: mediaType));

    /// <summary>Attaches something under one of cosign's tags.</summary>
    public void Cosign(string ending, string content, string mediaType, params (string Name, string Value)[] annotations) =>
        Push(content, mediaType, $"{Image.Digest.Replace(':', '-')}.{ending}", annotations: annotations);

    /// <summary>Lets the registry answer what refers to the image.</summary>
    public void AnswerReferrers() => Registry.Script(
        request => request.Path.Value!.Contains($"/referrers/{Image.Digest}", StringComparison.Ordinal),
        async context =>
        {
            var index = Encoding.UTF8.GetBytes(Index(_referrers));
            context.Response.ContentType = OciIndex;
            await context.Response.Body.WriteAsync(index);
        });

    /// <summary>Pushes the list of what refers to the image as the tag schema has it.</summary>
    public void TagReferrers() =>
        Registry.PushManifest(Repository, Image.Digest.Replace(':', '-'), OciIndex, Encoding.UTF8.GetBytes(Index(_referrers)));

    /// <summary>Puts the image and BuildKit's statements about it into an index, which the reference then names.</summary>
    public void BuildKit(string statement, string predicateType, string? about = null)
    {
        var attestation = Push(statement, InToto, annotations: ("in-toto.io/predicate-type", predicateType));
        attestation["platform"] = new JsonObject { ["os"] = "unknown", ["architecture"] = "unknown" };
        attestation["annotations"] = new JsonObject { ["vnd.docker.reference.type"] = "attestation-manifest", ["vnd.docker.reference.digest"] = about ?? Image.Digest };
        var image = Descriptor(OciManifest, Image.Manifest);
        image["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = "amd64" };
        Registry.PushManifest(Repository, "index", OciIndex, Encoding.UTF8.GetBytes(Index([image, attestation])));
        Reference = "index";
    }

    public RegistryImage Open()
    {
        Assert.True(ImageReference.TryParse(Registry.Reference(Repository, Reference.Length == 0 ? Image.Digest : Reference), out var reference, out var reason), reason);
        return new RegistryImage(reference!, _client, AnonymousCredentials.Instance);
    }

    /// <summary>Looks for an SBOM.</summary>
    public async Task<(FoundSbom? Found, IReadOnlyList<Unknown> Unknowns)> FindAsync(SbomDiscoveryOptions? options = null)
    {
        var image = Open();
        var manifest = await image.ResolveAsync(Platform.LinuxAmd64, TestContext.Current.CancellationToken);
        var discovery = new SbomDiscovery(image, manifest, options ?? new SbomDiscoveryOptions());
        return (await discovery.FindAsync(TestContext.Current.CancellationToken), discovery.Unknowns);
    }

    /// <summary>Inventories the image.</summary>
    public Task<ComponentInventory> IndexAsync(InventoryOptions options, OssRuntime.Inventory.Store.IInventoryStore? store = null) =>
        new ImageIndexer(options, store, TimeProvider.System).IndexAsync(Open(), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Registry.DisposeAsync();
    }

    private static string Index(JsonArray entries) =>
        new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = OciIndex, ["manifests"] = entries.DeepClone() }.ToJsonString();

    private static JsonObject Descriptor(string mediaType, ReadOnlySpan<byte> content) =>
        new() { ["mediaType"] = mediaType, ["digest"] = ImageBuilder.DigestOf(content), ["size"] = content.Length };
}
