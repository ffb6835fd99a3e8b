using OssRuntime.Advisories.Distribution;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Operator.Knowledge;

/// <summary>Pulls the database from the first registry that gives one that may be taken.</summary>
internal sealed class DatabasePull(DatabaseArtifact artifact, RegistryClient registries, TimeProvider time)
{
    private const int LargestFile = 1 << 20;

    /// <summary>Puts the database at a path, unless it is there already; true where the file is another one now.</summary>
    /// <exception cref="ArtifactException">No registry has it, or it is refused; the message says why.</exception>
    /// <exception cref="IOException">The key or the login cannot be read, or the file cannot be written.</exception>
    public async Task<bool> RunAsync(string target, CancellationToken cancellation)
    {
        // Keys and logins are mounted, and change while the program runs.
        var key = artifact.KeyFile is { } path ? await File.ReadAllTextAsync(path, cancellation) : null;
        var credentials = Credentials();
        var sources = artifact.References.Select(text => ImageReference.TryParse(text, out var image, out var reason)
            ? (Source: (IArtifactSource)new RegistrySource(image!, registries, credentials), image!.Digest?.ToString() ?? image.Tag ?? "latest")
            : throw new ArtifactException($"'{text}' is not a valid image reference: {reason}"));
        var options = new PullOptions { PublicKey = key, GreatestAge = artifact.GreatestAge, LeastAge = artifact.LeastAge };
        var (_, replaced) = await DatabaseShipping.PullAsync([.. sources], target, options, time, cancellation);
        return replaced;
    }

    private IRegistryCredentials Credentials()
    {
        if (artifact.CredentialsFile is not { } path)
        {
            return AnonymousCredentials.Instance;
        }

        if (new FileInfo(path).Length > LargestFile || !DockerConfig.TryParse(File.ReadAllBytes(path), out var config, out _))
        {
            throw new ArtifactException($"{path} is not a docker configuration");
        }

        return config!;
    }
}
