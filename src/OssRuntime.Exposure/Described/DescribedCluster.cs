using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Described;

/// <summary>
/// A cluster as far as manifests describe it: what leads to pods and what keeps others from them, judged by the graph that the operator keeps of the real one.
/// What the files do not show is assumed: the namespaces that every cluster has, and one for each selector by which a NetworkPolicy admits pods of other
/// namespaces, since nobody writes such a rule for a namespace that is not there.
/// </summary>
public sealed class DescribedCluster
{
    private readonly ExposureGraph _graph = new(seesWholeCluster: false);
    private readonly DescribedPods _pods = new();
    private readonly DescribedNamespaces _namespaces = new();
    private readonly HashSet<string> _described = new(StringComparer.Ordinal);
    private readonly List<(string Id, JsonElement Item, ObjectKey Key)> _unknown = [];
    private readonly List<(JsonElement Item, ObjectKey Key)> _configurations = [];
    private readonly HashSet<string> _tunnels = new(StringComparer.Ordinal);

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
        foreach (var item in items)
        {
            cluster.Take(item, @namespace, labels);
        }

        cluster.TakeUnknown();
        foreach (var (name, set, assumed) in cluster._namespaces.All())
        {
            cluster._graph.SetNamespace(name, set, assumed);
        }

        return cluster;
    }

    /// <summary>
    /// How far the pods of a template could be reached; null where nothing in the namespace is described that leads to pods or keeps others from them, so that
    /// silence would be all there is to go by.
    /// </summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="template">The template, or a pod: metadata and spec.</param>
    /// <param name="owner">The object that the template stands in; undefined for none.</param>
    /// <exception cref="InvalidDataException">It has not the shape of one.</exception>
    public PodExposure? Judge(string @namespace, JsonElement template, JsonElement owner = default)
    {
        try
        {
            var found = _pods.Of(@namespace, template, owner).Select(_graph.Judge).Aggregate((left, right) => left.OrderAgainst(right) <= 0 ? left : right);
            // What reaches the Internet by itself is reached whatever else there is.
            return _described.Contains(@namespace) || found.Highest == ExposureLevel.Internet ? found : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"a pod in {@namespace}: {error.Message}", error);
        }
    }

    private void Take(JsonElement item, string fallback, IReadOnlyDictionary<string, string> labels)
    {
        var (kind, version) = (item.At("kind").Text() ?? "", item.At("apiVersion").Text() ?? "");
        var slash = version.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : version[..slash];
        var key = new ObjectKey(item.At("metadata").At("namespace").Text() ?? fallback, item.At("metadata").At("name").Text() ?? "");
        try
        {
            var today = OldForms.Renew(ref group, version[(slash + 1)..], ref kind, item);
            Take(ExposureKinds.Find(group, kind), key, today, labels, group.Length == 0 ? kind : $"{kind}.{group}");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{kind} {key}: {error.Message}", error);
        }
    }

    private void Take(IExposureKind? kind, ObjectKey key, JsonElement item, IReadOnlyDictionary<string, string> labels, string id)
    {
        if (kind is { IsClusterWide: true })
        {
            var view = Read(kind, item, null);
            if (view is NamespaceView @namespace)
            {
                _namespaces.Show(key.Name, @namespace.Metadata.Labels ?? []);
                return;
            }

            _graph.Put(kind.Id, new ObjectKey(null, key.Name), view);
            return;
        }

        if (item.At("metadata").At("namespace").Text() is not null || kind is not null)
        {
            _namespaces.Mention(key.Namespace!, labels);
        }

        TakePods(item, key.Namespace!);
        if (kind is ExposureKind<PodView>)
        {
            return;
        }

        if (id == "ConfigMap")
        {
            _configurations.Add((item, key));
        }

        if (kind is null)
        {
            _unknown.Add((id, item, key));
            return;
        }

        Put(kind, key, Read(kind, item, key.Namespace), item);
    }

    private void TakePods(JsonElement item, string @namespace)
    {
        foreach (var pod in _pods.In(item, item.At("kind").Text() ?? "", @namespace))
        {
            _graph.Set(pod.Key, pod);
            if (PodRoles.TunnelOf(pod) is not null)
            {
                _tunnels.Add(@namespace);
            }
        }
    }

    private void Put(IExposureKind kind, ObjectKey key, IResource view, JsonElement item)
    {
        if (view is NetworkPolicyView policy)
        {
            _namespaces.Admit((policy.Spec?.Ingress ?? []).SelectMany(rule => rule.From ?? []).Select(peer => peer.NamespaceSelector).OfType<LabelSelector>());
        }

        if (kind.MetadataOnly)
        {
            // Files show more than a watch on metadata does: where it names Services, it is about those.
            _unknown.Add((kind.Id, item, key));
            return;
        }

        // The slices that a server writes itself say what selectors say; of ConfigMaps only tables of ports are about ways.
        _graph.Put(kind.Id, key, view is EndpointSliceView { IsMeant: false } or WayView { Row.Kind: "ConfigMap", Backends.IsEmpty: true, Domain: null } ? null : view);
        if (view is not (WayView or OtherPolicyView or AddressPoolView or IngressClassParamsView or RouterView))
        {
            _described.Add(key.Namespace!);
        }
        else if (view is WayView way)
        {
            _described.UnionWith(way.Choice is null ? [] : [key.Namespace!]);
        }
    }

    // Once all Services are known: what names one of them and is not understood is told.
    private void TakeUnknown()
    {
        foreach (var (item, key) in _configurations.Where(entry => _tunnels.Contains(entry.Key.Namespace!)))
        {
            if (TunnelConfigurations.Of(item, key) is { } way)
            {
                _graph.Put("ConfigMap", key, way);
            }
        }

        foreach (var (id, item, key) in _unknown.Where(entry => !KnownKinds.Bystanders.Contains(entry.Id)))
        {
            var source = new Source(id, key);
            var named = NamedServices.In(item, key.Namespace!, _graph.Has).ToList();
            named.ForEach(service => _graph.AddUnread(service, source, $"{source.Title} is not understood"));
            if (named.Count == 0 && KnownKinds.UnreadById.ContainsKey(id))
            {
                _graph.Put(id, key, new OwnerView(new ViewMetadata(key.Name, key.Namespace, null, null, null)));
            }
        }
    }

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
}
