using OssRuntime.Inventory.Registry;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>
/// The credentials that pods may pull an image with: their own pull secrets, then those of their service accounts. Each is read by
/// name at the moment it is needed and not kept.
/// </summary>
internal sealed class PullSecrets(KubernetesConnection connection)
{
    private const int MostSecrets = 16;

    private readonly ResourceClient<ServiceAccountView> _accounts = new(connection, ServiceAccountView.Resource, CoreJson.Default.ServiceAccountView);
    private readonly ResourceClient<SecretView> _secrets = new(connection, SecretView.Resource, CoreJson.Default.SecretView);

    public Task<IRegistryCredentials> OfAsync(IReadOnlyList<RunningPod> pods, CancellationToken cancel) =>
        OfAsync([.. pods.Select(pod => PullIdentity.Of(pod.Pod))], cancel);

    public async Task<IRegistryCredentials> OfAsync(IReadOnlyList<PullIdentity> identities, CancellationToken cancel)
    {
        var names = identities.SelectMany(identity => identity.Secrets.Select(name => new ObjectKey(identity.Namespace, name))).ToList();
        foreach (var account in identities.Select(identity => new ObjectKey(identity.Namespace, identity.ServiceAccount)).Distinct().Take(MostSecrets))
        {
            var found = await FindAsync(_accounts, account, cancel);
            names.AddRange((found?.ImagePullSecrets ?? []).Select(secret => new ObjectKey(account.Namespace, secret.Name ?? "")));
        }

        var credentials = new List<IRegistryCredentials>();
        foreach (var name in names.Where(name => name.Name.Length > 0).Distinct().Take(MostSecrets))
        {
            if (await FindAsync(_secrets, name, cancel) is { } secret && Read(secret) is { } config)
            {
                credentials.Add(config);
            }
        }

        return new CombinedCredentials(credentials);
    }

    // Without the right to read secrets only public images are read, which the registry's answer then says.
    private static async Task<T?> FindAsync<T>(ResourceClient<T> client, ObjectKey key, CancellationToken cancel)
        where T : class, IResource
    {
        try
        {
            return await client.FindAsync(key, cancel);
        }
        catch (ApiException error) when (error.IsForbidden)
        {
            return null;
        }
    }

    private static DockerConfig? Read(SecretView secret)
    {
        var encoded = secret.Data?.GetValueOrDefault(".dockerconfigjson") ?? secret.Data?.GetValueOrDefault(".dockercfg");
        var buffer = new byte[encoded?.Length ?? 0];
        return encoded is not null
            && Convert.TryFromBase64String(encoded, buffer, out var length)
            && DockerConfig.TryParse(buffer.AsMemory(0, length), out var config, out _)
            ? config
            : null;
    }
}
