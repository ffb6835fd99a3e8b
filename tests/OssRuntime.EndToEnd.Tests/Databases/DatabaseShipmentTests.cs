using System.Security.Cryptography;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Cli.Distribution;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;
using OssRuntime.Stage.Registries;
using RegistryOptions = OssRuntime.Stage.Registries.RegistryOptions;

namespace OssRuntime.EndToEnd.Tests.Databases;

/// <summary>A signed database goes to a real registry that asks for a password, and comes back.</summary>
public sealed class DatabaseShipmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ossruntime-shipment-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_signed_database_goes_through_a_real_registry()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions { Credentials = new RegistryCredentials("shop", "s3cret") }, null, cancellation);
        var feeds = new FeedRoot(Path.Combine(Checkout.Root, "config", "samples", "feeds"));
        var info = await new DatabaseBuilder().BuildAsync([feeds], Path.Combine(_folder, "built.db"), null, cancellation);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(ImageReference.TryParse($"{registry.Address}/security/advisories:latest", out var image, out _));

        using (var stranger = new RegistryAccess([], TimeProvider.System, new CombinedCredentials([])))
        {
            await Assert.ThrowsAsync<ArtifactException>(() => DatabaseShipping.PushAsync(
                Path.Combine(_folder, "built.db"), stranger.Open(image!), "latest", null, TimeProvider.System, cancellation));
        }

        using var access = new RegistryAccess([], TimeProvider.System, Login(registry));
        await DatabaseShipping.PushAsync(Path.Combine(_folder, "built.db"), access.Open(image!), "latest", key.ExportPkcs8PrivateKeyPem(), TimeProvider.System, cancellation);
        var (manifest, replaced) = await DatabaseShipping.PullAsync(
            [(access.Open(image!), "latest")],
            Path.Combine(_folder, "pulled.db"),
            new PullOptions { PublicKey = key.ExportSubjectPublicKeyInfoPem() },
            TimeProvider.System,
            cancellation);

        Assert.True(replaced);
        Assert.Equal(info.Generation, manifest.Generation);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder, "built.db"), cancellation), await File.ReadAllBytesAsync(Path.Combine(_folder, "pulled.db"), cancellation));
    }

    private static IRegistryCredentials Login(RegistryServer registry)
    {
        var login = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{registry.Credentials!.User}:{registry.Credentials.Password}"));
        var json = $$"""{ "auths": { "{{registry.Address}}": { "auth": "{{login}}" } } }""";
        return DockerConfig.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out var config, out var reason) ? config! : throw new InvalidOperationException(reason);
    }
}
