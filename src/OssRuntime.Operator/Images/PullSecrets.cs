using System.Net;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Registry;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Images;

/// <summary>
/// The credentials that a pod may pull an image with: its own pull secrets, then those of its service account. Each is read by name at the moment it is needed and not
/// kept. Names are the tenant's word: one that no object can have, or that the API server has no answer to, is one that is not there.
/// </summary>
internal sealed partial class PullSecrets(KubernetesConnection connection)
{
    private const int MostSecrets = 16;

    private readonly ResourceClient<ServiceAccountView> _accounts = new(connection, ServiceAccountView.Resource, CoreJson.Default.ServiceAccountView);
    private readonly ResourceClient<SecretView> _secrets = new(connection, SecretView.Resource, CoreJson.Default.SecretView);

    /// <summary>What this identity may pull with; of one without a service account nothing but what it names itself.</summary>
    public async Task<IRegistryCredentials> OfAsync(PullIdentity identity, CancellationToken cancel)
    {
        var names = identity.Secrets.ToList();
        if (identity.ServiceAccount.Length > 0 && await FindAsync(_accounts, new ObjectKey(identity.Namespace, identity.ServiceAccount), cancel) is { } account)
        {
            names.AddRange((account.ImagePullSecrets ?? []).Select(secret => secret.Name ?? ""));
        }

        var credentials = new List<IRegistryCredentials>();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Where(IsName).Take(MostSecrets))
        {
            if (await FindAsync(_secrets, new ObjectKey(identity.Namespace, name), cancel) is { } secret && Read(secret) is { } config)
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
            return IsName(key.Name) ? await client.FindAsync(key, cancel) : null;
        }
        catch (ApiException error) when ((int)error.StatusCode is >= 400 and < 500 && !error.IsTooManyRequests && error.StatusCode != HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }

    // A DNS subdomain (RFC 1123; apimachinery pkg/util/validation, IsDNS1123Subdomain).
    private static bool IsName(string name) => name.Length is > 0 and <= 253 && Subdomain().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

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
