using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;

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

    /// <summary>The merge patch that gives every webhook the authority and its path; null where they have both.</summary>
    /// <param name="authority">Whom to trust; null where somebody else says that.</param>
    /// <param name="paths">The paths.</param>
    public byte[]? Told(byte[]? authority, CallerPaths paths)
    {
        var bundle = authority is null ? null : Convert.ToBase64String(authority);
        var changed = false;
        var webhooks = (JsonArray)(Webhooks ?? []).DeepClone();
        foreach (var (name, client) in webhooks.Select(webhook => (webhook?["name"]?.GetValue<string>(), webhook?["clientConfig"] as JsonObject)))
        {
            changed |= bundle is not null && Set(client, "caBundle", bundle);
            changed |= paths.Of(name?.Split('.')[0] ?? "") is { } path && Set(client?["service"] as JsonObject, "path", path);
        }

        return changed
            ? System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = ResourceVersion }, ["webhooks"] = webhooks }.ToJsonString())
            : null;
    }

    private static bool Set(JsonObject? item, string field, string value)
    {
        if (item is null || item[field]?.GetValue<string>() == value)
        {
            return false;
        }

        item[field] = value;
        return true;
    }
}
