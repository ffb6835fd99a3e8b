using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure;

/// <summary>
/// A cluster as far as manifests describe it: what leads to pods and what keeps others from them, judged by the graph that the operator keeps of the real one.
/// What the files do not show is assumed: the namespaces that every cluster has, and one for each selector by which a NetworkPolicy admits pods of other
/// namespaces, since nobody writes such a rule for a namespace that is not there.
/// </summary>
public sealed class DescribedCluster
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly string[] Everywhere = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly ExposureGraph _graph = new();
    private readonly PodViewConverter _pods = new();
    private readonly Dictionary<string, LabelSet> _namespaces = new(StringComparer.Ordinal);
    private readonly List<LabelSelector> _admitted = [];
    private readonly HashSet<string> _described = new(StringComparer.Ordinal);

    private DescribedCluster()
    {
    }

    /// <summary>Takes objects of the API as manifests write them; kinds that have nothing to do with exposure are left alone.</summary>
    /// <param name="items">The objects.</param>
    /// <param name="namespace">The namespace of those that name none.</param>
    /// <param name="labels">The labels of namespaces that are no objects among them.</param>
    /// <exception cref="InvalidDataException">An object has not the shape of its kind: a server would refuse it.</exception>
    public static DescribedCluster Of(IEnumerable<JsonElement> items, string @namespace, IReadOnlyDictionary<string, string> labels)
    {
        var cluster = new DescribedCluster();
        foreach (var name in Everywhere)
        {
            cluster._namespaces[name] = Labels(name, ImmutableDictionary<string, string>.Empty);
        }

        foreach (var item in items)
        {
            cluster.Take(item, @namespace, labels);
        }

        cluster.Assume();
        foreach (var (name, set) in cluster._namespaces)
        {
            cluster._graph.SetNamespace(name, set);
        }

        return cluster;
    }

    /// <summary>
    /// How far the pods of a template could be reached; null where nothing in the namespace is described that leads to pods or keeps others from them, so that
    /// silence would be all there is to go by.
    /// </summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="template">The template, or a pod: metadata and spec.</param>
    /// <exception cref="InvalidDataException">It has not the shape of one.</exception>
    public PodExposure? Judge(string @namespace, JsonElement template)
    {
        try
        {
            var pod = template.Deserialize(PodJson.Default.PodDocument) ?? throw new JsonException("a template is null");
            var view = _pods.ViewOf(pod, pod.Metadata ?? new ObjectMeta());
            var found = _graph.Judge(view with { Key = view.Key with { Namespace = @namespace } });
            // A host's port on a public node is reached whatever else there is.
            return _described.Contains(@namespace) || found.Level == ExposureLevel.Internet ? found : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"a pod in {@namespace}: {error.Message}", error);
        }
    }

    private void Take(JsonElement item, string fallback, IReadOnlyDictionary<string, string> labels)
    {
        var (kind, version) = (Text(item, "kind") ?? "", Text(item, "apiVersion") ?? "");
        var metadata = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("metadata", out var found) ? found : default;
        var name = Text(metadata, "name") ?? "";
        var key = new ObjectKey(Text(metadata, "namespace") ?? fallback, name);
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        try
        {
            Take(ExposureKinds.Find(slash < 0 ? "" : version[..slash], kind), key, item, labels);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{kind} {key}: {error.Message}", error);
        }
    }

    private void Take(IExposureKind? kind, ObjectKey key, JsonElement item, IReadOnlyDictionary<string, string> labels)
    {
        if (kind?.Resource is { Namespaced: false })
        {
            switch (Read(kind, item, null))
            {
                case NamespaceView @namespace:
                    _namespaces[key.Name] = Labels(key.Name, @namespace.Metadata.Labels ?? []);
                    break;
                case var other:
                    _graph.Put(kind.Kind, new ObjectKey(null, key.Name), other);
                    break;
            }

            return;
        }

        _namespaces.TryAdd(key.Namespace!, Labels(key.Namespace!, labels));
        // Pods are asked about one by one, as templates.
        if (kind is null or ExposureKind<PodView>)
        {
            return;
        }

        var view = Read(kind, item, key.Namespace);
        if (view is NetworkPolicyView policy)
        {
            _admitted.AddRange((policy.Spec?.Ingress ?? []).SelectMany(rule => rule.From ?? []).Select(peer => peer.NamespaceSelector).OfType<LabelSelector>());
        }

        // The slices that a server writes itself say what selectors say.
        _graph.Put(kind.Kind, key, view is EndpointSliceView { IsMeant: false } ? null : view);
        _described.Add(key.Namespace!);
    }

    /// <summary>Adds a namespace for each selector that no namespace has the labels for.</summary>
    private void Assume()
    {
        foreach (var selector in _admitted)
        {
            var labels = new Dictionary<string, string>(selector.MatchLabels ?? [], StringComparer.Ordinal);
            foreach (var requirement in selector.MatchExpressions ?? [])
            {
                if (requirement is { Operator: "In" or "Exists", Key: { } key })
                {
                    labels.TryAdd(key, requirement.Values?.FirstOrDefault() ?? "");
                }
            }

            var name = labels.GetValueOrDefault(NameLabel) ?? $"(admitted {_namespaces.Count})";
            if (!_namespaces.Values.Any(selector.Matches))
            {
                _namespaces.TryAdd(name, Labels(name, labels));
            }
        }
    }

    private static LabelSet Labels(string name, IReadOnlyDictionary<string, string> labels) =>
        // Every server sets this one itself.
        LabelSet.Of(labels.Where(pair => pair.Key != NameLabel).Append(KeyValuePair.Create(NameLabel, name)).ToDictionary());

    private static IResource Read(IExposureKind kind, JsonElement item, string? @namespace)
    {
        if (JsonObject.Create(item) is not { } node || node["metadata"] is not JsonObject metadata)
        {
            throw new JsonException("the object has no metadata");
        }

        if (@namespace is not null)
        {
            // A server puts objects that name no namespace into the one they are sent to.
            metadata["namespace"] = @namespace;
        }

        return kind.Read(node);
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
