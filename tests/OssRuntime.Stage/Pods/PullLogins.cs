using System.Net;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace OssRuntime.Stage.Pods;

/// <summary>Reads the secrets that a pod names for pulling, as a kubelet does.</summary>
internal static class PullLogins
{
    private const string ConfigKey = ".dockerconfigjson";

    /// <summary>Registry host to <c>user:password</c> in Base64. A secret that is missing or unreadable gives nothing.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IKubernetes client, V1Pod pod, CancellationToken cancellationToken)
    {
        var logins = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var named in pod.Spec.ImagePullSecrets ?? [])
        {
            try
            {
                var secret = await client.CoreV1.ReadNamespacedSecretAsync(named.Name, pod.Namespace(), cancellationToken: cancellationToken);
                if (secret.Data?.TryGetValue(ConfigKey, out var config) == true)
                    Add(logins, config);
            }
            catch (HttpOperationException missing) when (missing.Response.StatusCode == HttpStatusCode.NotFound)
            {
                // A kubelet goes on without it.
            }
            catch (JsonException)
            {
                // Nor does it stop for one that is no JSON.
            }
        }

        return logins;
    }

    private static void Add(Dictionary<string, string> logins, byte[] config)
    {
        using var document = JsonDocument.Parse(config);
        if (!document.RootElement.TryGetProperty("auths", out var registries))
            return;
        foreach (var registry in registries.EnumerateObject())
        {
            var login = registry.Value.TryGetProperty("auth", out var encoded) ? encoded.GetString()
                : registry.Value.TryGetProperty("username", out var user) && registry.Value.TryGetProperty("password", out var password)
                    ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.GetString()}:{password.GetString()}"))
                    : null;
            if (login is not null)
                logins.TryAdd(HostOf(registry.Name), login);
        }
    }

    private static string HostOf(string name)
    {
        var host = name.Contains("://", StringComparison.Ordinal) ? new Uri(name).Authority : name.Split('/')[0];
        return host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;
    }
}
