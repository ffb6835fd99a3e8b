using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Inventory.Store;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Tests.Knowledge;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>VEX that is attached to images: looked for from time to time, kept, and believed where it is signed.</summary>
public sealed class AttachedVexReaderTests : IAsyncLifetime
{
    private const string Repository = "shop/web";
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    private readonly TemporaryDirectory _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly SigningKey _key = SigningKey.Ec();
    private readonly BuiltImage _image = new ImageBuilder().Layer(tar => tar.File("etc/os-release", "ID=debian\n")).Build();
    private FakeRegistry _registry = null!;
    private RegistryClient _client = null!;
    private SqliteInventoryStore _store = null!;

    private ImageKey Key => new(Digest.Parse(_image.Digest), Platform.LinuxAmd64);

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        _registry.Push(Repository, "v1", _image);
        _client = new RegistryClient(new RegistryOptions(), TimeProvider.System, null);
        _store = SqliteInventoryStore.Open(_folder["inventory.db"], new NoStoreTrouble());
    }

    [Fact]
    public async Task What_somebody_trusted_signed_is_kept_and_no_registry_is_asked_until_it_is_due()
    {
        var reader = Reader(_key);
        Attach(_key);
        Assert.Equal(TimeSpan.Zero, reader.Due(Key));

        await LookAsync(reader);

        Assert.Equal(Interval, reader.Due(Key));
        Assert.Single(reader.Of(Key));
        var asked = _registry.Requests.Count;
        Assert.Single(Reader(_key).Of(Key));
        Assert.Equal(asked, _registry.Requests.Count);
    }

    [Fact]
    public async Task What_nobody_trusted_signed_takes_nothing_back()
    {
        Attach(SigningKey.Ec());
        var reader = Reader(_key);

        await LookAsync(reader);

        Assert.Empty(reader.Of(Key));
    }

    [Fact]
    public async Task What_is_attached_later_is_found_and_what_is_taken_away_is_gone()
    {
        var reader = Reader(_key);
        await LookAsync(reader);
        Assert.Empty(reader.Of(Key));

        Attach(_key);
        _time.Advance(Interval);
        Assert.Equal(TimeSpan.Zero, reader.Due(Key));
        await LookAsync(reader);
        Assert.Single(reader.Of(Key));

        Push("{}", "text/plain");
        _time.Advance(Interval);
        await LookAsync(reader);
        Assert.Empty(reader.Of(Key));
    }

    [Fact]
    public async Task A_registry_that_cannot_be_asked_leaves_what_was_known_and_is_asked_again_soon()
    {
        var reader = Reader(_key);
        Attach(_key);
        await LookAsync(reader);
        _time.Advance(Interval);
        _registry.Script("/manifests/sha256-", HttpStatusCode.TooManyRequests);

        await LookAsync(reader);

        Assert.Single(reader.Of(Key));
        Assert.Equal(TimeSpan.FromMinutes(5), reader.Due(Key));
    }

    [Fact]
    public async Task Who_trusts_others_now_looks_anew_and_believes_nothing_until_then()
    {
        Attach(_key);
        await LookAsync(Reader(_key));

        var other = Reader(SigningKey.Ec());

        Assert.Empty(other.Of(Key));
        Assert.Equal(TimeSpan.Zero, other.Due(Key));
    }

    [Fact]
    public async Task An_image_that_is_forgotten_takes_it_along()
    {
        Attach(_key);
        var reader = Reader(_key);
        await LookAsync(reader);

        _store.ForgetInventory(Key.Digest, Key.Platform);

        Assert.Empty(reader.Of(Key));
    }

    [Fact]
    public void Where_nobody_asks_for_it_nothing_is_due() =>
        Assert.Null(new AttachedVexReader(null, _store, Interval, new ControllerEnvironment()).Due(Key));

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        _client.Dispose();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    private AttachedVexReader Reader(SigningKey trusted) => new(
        new AttachedVexOptions(SbomTrust.Nobody.With(trusted.Pem)), _store, Interval, new ControllerEnvironment { Time = _time });

    private Task LookAsync(AttachedVexReader reader)
    {
        Assert.True(ImageReference.TryParse(_registry.Reference(Repository, _image.Digest), out var reference, out var reason), reason);
        return reader.LookAsync(Key, new[] { new RegistryImage(reference!, _client, AnonymousCredentials.Instance) }.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
    }

    /// <summary>As <c>cosign attest --type openvex</c> does.</summary>
    private void Attach(SigningKey key) => Push(
        key.Envelope($$$"""
            {"_type":"https://in-toto.io/Statement/v1","predicateType":"{{{OpenVex.Type}}}","subject":[{"name":"web","digest":{"sha256":"{{{_image.Digest["sha256:".Length..]}}}"}}],
            "predicate":{{{OpenVex.Of("CVE-2026-1", "pkg:npm/lodash", "not_affected")}}}}
            """).ToJsonString(),
        "application/vnd.dsse.envelope.v1+json");

    private void Push(string content, string mediaType)
    {
        var blob = Encoding.UTF8.GetBytes(content);
        var manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = Descriptor("application/vnd.oci.empty.v1+json", "{}"u8.ToArray()),
            ["layers"] = new JsonArray(Descriptor(mediaType, blob)),
        }.ToJsonString());
        _registry.Push(
            Repository,
            _image.Digest.Replace(':', '-') + ".att",
            new BuiltImage(Manifest, manifest, new Dictionary<string, byte[]> { [ImageBuilder.DigestOf(blob)] = blob, [ImageBuilder.DigestOf(manifest)] = manifest }, []));
    }

    private static JsonObject Descriptor(string mediaType, byte[] content) =>
        new() { ["mediaType"] = mediaType, ["digest"] = ImageBuilder.DigestOf(content), ["size"] = content.Length };
}
