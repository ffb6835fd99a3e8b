using System.Text;
using OssRuntime.Stage.Registries;

namespace OssRuntime.Stage.Workloads;

/// <summary>What stands in the sample manifests for what is different on each machine.</summary>
public sealed class Placeholders
{
    private readonly List<KeyValuePair<string, string>> _values = [];

    private Placeholders()
    {
    }

    /// <summary>The images in two registries, and the login of the second.</summary>
    public static Placeholders For(string registry, string privateRegistry, string pullSecret)
    {
        var placeholders = new Placeholders();
        placeholders.Add("${REGISTRY}", registry);
        placeholders.Add("${PRIVATE_REGISTRY}", privateRegistry);
        placeholders.Add("${PULL_SECRET}", pullSecret);
        return placeholders;
    }

    /// <summary>The public images that stand in for the stage's own, and a login that is good for nothing.</summary>
    public static Placeholders ForPublicImages()
    {
        var placeholders = new Placeholders();
        foreach (var image in SampleImage.All)
            placeholders.Add($"{(image.IsPrivate ? "${PRIVATE_REGISTRY}" : "${REGISTRY}")}/{image.Repository}", image.PublicName);
        placeholders.Add("${REGISTRY}", "docker.io");
        placeholders.Add("${PULL_SECRET}", Convert.ToBase64String("""{"auths":{}}"""u8));
        return placeholders;
    }

    /// <summary>The login of a registry, as <c>${PULL_SECRET}</c> stands for it.</summary>
    public static string PullSecretOf(RegistryServer registry) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(PullSecret.DockerConfig(registry).ToJsonString()));

    /// <summary>The text with what the placeholders stand for.</summary>
    public string FillIn(string text) => _values.Aggregate(text, (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal));

    private void Add(string name, string value) => _values.Add(new(name, value));
}
