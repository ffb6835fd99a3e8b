using System.Security.Cryptography;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Cli.Distribution;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Stage.Registries;
using InventoryOptions = OssRuntime.Inventory.Registry.RegistryOptions;
using RegistryOptions = OssRuntime.Stage.Registries.RegistryOptions;

namespace OssRuntime.EndToEnd.Tests.Databases;

/// <summary>The operator pulls a signed database from a real registry that asks for a password, and takes none that somebody else signed.</summary>
public sealed class DatabasePullTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ossruntime-pull-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_operator_pulls_what_its_key_signed_and_nothing_else()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions { Credentials = new RegistryCredentials("shop", "s3cret") }, null, cancellation);
        var built = At("built.db");
        var info = await new DatabaseBuilder().BuildAsync([new FeedRoot(Path.Combine(Checkout.Root, "config", "samples", "feeds"))], built, null, cancellation);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(At("public.pem"), key.ExportSubjectPublicKeyInfoPem(), cancellation);
        await File.WriteAllTextAsync(At("config.json"), $$$$"""{"auths":{"{{{{registry.Address}}}}":{"username":"shop","password":"s3cret"}}}""", cancellation);
        Assert.True(ImageReference.TryParse($"{registry.Address}/security/advisories:latest", out var image, out _));
        Assert.True(DockerConfig.TryParse(await File.ReadAllBytesAsync(At("config.json"), cancellation), out var login, out _));
        using var access = new RegistryAccess([], TimeProvider.System, login);
        using var client = new RegistryClient(new InventoryOptions(), TimeProvider.System, null);
        var artifact = new DatabaseArtifact([$"{registry.Address}/none:latest", $"{registry.Address}/security/advisories:latest"], At("public.pem"), At("config.json"), null, null);
        var pull = new DatabasePull(artifact, client, TimeProvider.System);

        await DatabaseShipping.PushAsync(built, access.Open(image!), "latest", other.ExportPkcs8PrivateKeyPem(), TimeProvider.System, cancellation);
        var refused = await Assert.ThrowsAsync<ArtifactException>(() => pull.RunAsync(At("state.db"), cancellation));
        await DatabaseShipping.PushAsync(built, access.Open(image!), "latest", key.ExportPkcs8PrivateKeyPem(), TimeProvider.System, cancellation);
        var (first, second) = (await pull.RunAsync(At("state.db"), cancellation), await pull.RunAsync(At("state.db"), cancellation));

        Assert.Contains("it was not signed with the given key", refused.Message, StringComparison.Ordinal);
        Assert.Equal((true, false), (first, second));
        using var database = AdvisoryDatabase.Open(At("state.db"));
        Assert.Equal(info.Generation, database.Generation);
        var old = new DatabasePull(artifact with { GreatestAge = TimeSpan.FromMinutes(1) }, client, TimeProvider.System);
        Assert.Contains("refused: its newest record is from", (await Assert.ThrowsAsync<ArtifactException>(() => old.RunAsync(At("other.db"), cancellation))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(At("other.db")));
    }

    private string At(string name) => Path.Combine(_folder, name);
}
