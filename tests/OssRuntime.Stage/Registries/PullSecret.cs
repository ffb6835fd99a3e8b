using System.Text;
using System.Text.Json.Nodes;
using k8s.Models;

namespace OssRuntime.Stage.Registries;

/// <summary>Makes the Secret with which pods pull from a registry that asks for credentials.</summary>
public static class PullSecret
{
    /// <summary>A Secret of type <c>kubernetes.io/dockerconfigjson</c>.</summary>
    /// <param name="registry">A registry with credentials.</param>
    /// <param name="name">The Secret's name.</param>
    public static V1Secret For(RegistryServer registry, string name) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Type = "kubernetes.io/dockerconfigjson",
        Data = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [".dockerconfigjson"] = Encoding.UTF8.GetBytes(DockerConfig(registry).ToJsonString()),
        },
    };

    /// <summary>What Docker's tools keep in <c>config.json</c>.</summary>
    internal static JsonObject DockerConfig(RegistryServer registry)
    {
        var registries = new JsonObject();
        if (registry.Credentials is { } who)
            registries[registry.Address] = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{who.User}:{who.Password}")) };
        return new JsonObject { ["auths"] = registries };
    }
}
