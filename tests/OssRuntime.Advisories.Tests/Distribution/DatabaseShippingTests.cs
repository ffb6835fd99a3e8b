using System.Security.Cryptography;
using System.Text;
using OssRuntime.Advisories.Adoption;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Distribution;

public sealed class DatabaseShippingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryRepository _repository = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string Target => _folder.At("target.db");

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }

    [Fact]
    public async Task A_database_comes_out_as_it_went_in()
    {
        using var database = await OfAsync(1, 30);
        await PushAsync(database);

        var (manifest, replaced) = await PullAsync();

        Assert.True(replaced);
        Assert.Equal(database.Info.Generation, manifest.Generation);
        Assert.Equal(await File.ReadAllBytesAsync(database.Path, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task The_generation_in_place_is_not_fetched_again()
    {
        using var database = await OfAsync(1, 30);
        await PushAsync(database);
        await PullAsync();

        var (_, replaced) = await PullAsync();

        Assert.False(replaced);
        Assert.Equal(1, _repository.Copied);
    }

    [Fact]
    public async Task The_same_database_is_the_same_artifact()
    {
        using var database = await OfAsync(1, 30);
        var one = await DatabaseShipping.PushAsync(database.Path, _repository, "a", null, TimeProvider.System, TestContext.Current.CancellationToken);
        var other = await DatabaseShipping.PushAsync(database.Path, _repository, "b", null, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(one, other);
        Assert.Equal(_repository.Manifests["a"], _repository.Manifests["b"]);
    }

    [Fact]
    public async Task A_signature_by_another_key_or_none_is_refused_even_by_force()
    {
        using var database = await OfAsync(1, 30);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        await DatabaseShipping.PushAsync(database.Path, _repository, "latest", other.ExportPkcs8PrivateKeyPem(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Contains("not signed with the given key", await RefusedAsync(force: true), StringComparison.Ordinal);

        await DatabaseShipping.PushAsync(database.Path, _repository, "latest", null, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Contains("it is not signed", await RefusedAsync(force: true), StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("generation")]
    [InlineData("newest")]
    [InlineData("schema")]
    [InlineData("digest")]
    public async Task Whatever_the_signature_is_over_cannot_be_altered(string property)
    {
        using var database = await OfAsync(1, 30);
        await PushAsync(database);
        var manifest = Encoding.UTF8.GetString(_repository.Manifests["latest"]);
        var at = manifest.LastIndexOf(property + "\":\"", StringComparison.Ordinal) + property.Length + (property == "digest" ? 12 : 3);
        _repository.Manifests["latest"] = Encoding.UTF8.GetBytes(manifest[..at] + (manifest[at] == '0' ? '1' : '0') + manifest[(at + 1)..]);

        Assert.Contains("not signed with the given key", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_byte_that_was_altered_on_the_way_leaves_the_old_database_in_place()
    {
        using var old = await OfAsync(1, 30);
        await PushAsync(old);
        await PullAsync();
        using var next = await OfAsync(2, 31);
        await PushAsync(next);
        var before = await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken);
        var layer = _repository.Blobs.MaxBy(blob => blob.Value.Length);
        var sound = (byte[])layer.Value.Clone();
        for (var place = 0; place < sound.Length; place += 37)
        {
            layer.Value[place] ^= 0x40;
            Assert.Contains("its digest does not match", await RefusedAsync(), StringComparison.Ordinal);
            layer.Value[place] = sound[place];
        }

        _repository.Blobs[layer.Key] = sound[..^1];
        Assert.Contains("its digest does not match", await RefusedAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal([Target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task An_older_database_is_refused_unless_forced()
    {
        using var newer = await OfAsync(5, 30);
        await PushAsync(newer);
        await PullAsync();
        using var older = await OfAsync(4, 30);
        await PushAsync(older);

        Assert.Contains("older than the database in use", await RefusedAsync(), StringComparison.Ordinal);
        Assert.Equal(older.Info.Generation, (await PullAsync(force: true)).Manifest.Generation);
    }

    [Theory]
    [InlineData(80, true)]
    [InlineData(79, false)]
    [InlineData(0, false)]
    public async Task A_source_may_lose_one_record_in_twenty_and_twenty_at_least(int left, bool taken)
    {
        using var whole = await OfAsync(1, 100);
        await PushAsync(whole);
        await PullAsync();
        using var less = await OfAsync(2, left);
        await PushAsync(less);

        if (taken)
        {
            Assert.True((await PullAsync()).Replaced);
        }
        else
        {
            Assert.Contains($"source osv/npm lost more than 5 % of its records: {left} of 100 are left", await RefusedAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_next_mirror_is_asked_where_one_fails()
    {
        using var database = await OfAsync(1, 30);
        await PushAsync(database);
        var empty = new MemoryRepository("mirror.example/advisories");

        var (manifest, _) = await DatabaseShipping.PullAsync(
            [(empty, "latest"), (_repository, "latest")], Target, new PullOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<ArtifactException>(() => DatabaseShipping.PullAsync(
            [(empty, "latest"), (empty, "other")], Target, new PullOptions(), TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal(database.Info.Generation, manifest.Generation);
        Assert.Equal("mirror.example/advisories: there is no latest; mirror.example/advisories: there is no other", error.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("{ \"artifactType\": \"application/vnd.ossruntime.advisories.v1\", \"layers\": [ { \"mediaType\": \"application/vnd.ossruntime.advisories.v1+zstd\", \"digest\": \"x\", \"size\": -1 } ] }")]
    [InlineData("{ \"artifactType\": \"application/vnd.ossruntime.advisories.v1\", \"layers\": [ { \"mediaType\": \"application/vnd.ossruntime.advisories.v1+zstd\", \"digest\": \"x\", \"size\": \"1\" } ] }")]
    public async Task Another_artifact_is_called_so(string manifest)
    {
        _repository.Manifests["latest"] = Encoding.UTF8.GetBytes(manifest);

        Assert.Contains("the artifact is not an advisory database", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_called_so()
    {
        using var database = await OfAsync(1, 30);

        var error = await Assert.ThrowsAsync<ArtifactException>(() => DatabaseShipping.PushAsync(
            database.Path, _repository, "latest", "-----BEGIN NOTHING-----", TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal("the key is not an ECDSA key in PEM format", error.Message);
    }

    [Fact]
    public void A_source_that_is_new_or_grows_is_no_reason_to_refuse()
    {
        var current = new DatabaseInfo { Sources = [new SourceInfo { Name = "a", Kept = 10 }] };
        var next = new DatabaseInfo { Sources = [new SourceInfo { Name = "a", Kept = 11 }, new SourceInfo { Name = "b", Kept = 1 }] };

        Assert.Null(AdoptionRules.Refuse(current, next, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    private static Task<TestDatabase> OfAsync(int day, int records) => TestDatabase.OfRecordsAsync(
        [.. Enumerable.Range(1, records).Select(number => Records.Range($"GHSA-{number}", "npm", $"p{number}", "introduced 0").Replace("2026-01-02", $"2026-01-{day + 10}", StringComparison.Ordinal)),
         Records.Range("GO-1", "Go", "any", "introduced 0").Replace("2026-01-02", $"2026-01-{day + 10}", StringComparison.Ordinal)]);

    private Task<DatabaseManifest> PushAsync(TestDatabase database) =>
        DatabaseShipping.PushAsync(database.Path, _repository, "latest", _key.ExportPkcs8PrivateKeyPem(), TimeProvider.System, TestContext.Current.CancellationToken);

    private Task<(DatabaseManifest Manifest, bool Replaced)> PullAsync(bool force = false) => DatabaseShipping.PullAsync(
        [(_repository, "latest")], Target, new PullOptions { PublicKey = _key.ExportSubjectPublicKeyInfoPem(), Force = force }, TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task<string> RefusedAsync(bool force = false) => (await Assert.ThrowsAsync<ArtifactException>(() => PullAsync(force))).Message;
}
