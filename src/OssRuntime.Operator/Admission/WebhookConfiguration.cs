using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Admission;

/// <summary>A ValidatingWebhookConfiguration or MutatingWebhookConfiguration, its webhooks as they stand.</summary>
internal sealed record WebhookConfiguration : IResource
{
    public static readonly ResourceKind[] Resources =
    [
        new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", Namespaced: false),
        new("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", Namespaced: false),
    ];

    public ObjectMeta Metadata { get; init; } = new();

    public JsonArray? Webhooks { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    /// <summary>Whom the first of them trusts; null where it says nothing, or nothing of use.</summary>
    [JsonIgnore]
    public byte[]? Bundle
    {
        get
        {
            try
            {
                return Webhooks?.FirstOrDefault()?["clientConfig"]?["caBundle"]?.GetValue<string>() is { } text ? Convert.FromBase64String(text) : null;
            }
            catch (Exception error) when (error is FormatException or InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>The merge patch that gives every webhook the authority; null where they have it.</summary>
    public byte[]? Trusting(byte[] authority)
    {
        var bundle = Convert.ToBase64String(authority);
        var changed = false;
        var webhooks = (JsonArray)(Webhooks ?? []).DeepClone();
        foreach (var client in webhooks.Select(webhook => webhook?["clientConfig"]).OfType<JsonObject>())
        {
            changed |= client["caBundle"]?.GetValue<string>() != bundle;
            client["caBundle"] = bundle;
        }

        return changed
            ? System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = ResourceVersion }, ["webhooks"] = webhooks }.ToJsonString())
            : null;
    }
}
