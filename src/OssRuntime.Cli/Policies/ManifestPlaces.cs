using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Cli.Manifests;
using OssRuntime.Exposure.Described;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Policies;

/// <summary>
/// Where manifests want images to run: the namespace and its labels, the workload, what their owners declare of exposure and impact, the nearest to
/// the pod first, as the operator reads it in a cluster; and where nobody declares the exposure what the other objects of the manifests show of it.
/// </summary>
internal static class ManifestPlaces
{
    private const int DeepestTemplate = 6;

    /// <summary>The places of each image, by the name that the manifests give it.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is no YAML.</exception>
    public static ILookup<string, PolicyPlace> Find(string path, PolicyRequest request)
    {
        var items = YamlJson.Read(path).Select(pair => pair.Item).Where(item => item.ValueKind == JsonValueKind.Object).ToList();
        var namespaces = items.Where(item => item.Text("kind") == "Namespace").GroupBy(item => item.At("metadata").Text("name") ?? "").ToDictionary(group => group.Key, group => group.Last());
        var cluster = DescribedCluster.Of(items, request.Namespace, request.Labels);
        return items
            .SelectMany(item => PlacesOf(item, namespaces, cluster, request))
            .DistinctBy(place => (place.Scope, place.Level, place.Context))
            .ToLookup(place => place.Scope.Image, StringComparer.Ordinal);
    }

    private static IEnumerable<PolicyPlace> PlacesOf(JsonElement item, Dictionary<string, JsonElement> namespaces, DescribedCluster cluster, PolicyRequest request)
    {
        var metadata = item.At("metadata");
        var @namespace = metadata.Text("namespace") ?? request.Namespace;
        var owner = namespaces.GetValueOrDefault(@namespace);
        var workload = $"{item.Text("kind")}/{metadata.Text("name") ?? metadata.Text("generateName")}";
        foreach (var (annotations, images, template) in Templates(item, metadata.At("annotations").Texts(), item.Text("kind") == "Pod" ? item : default, 0))
        {
            OwnerAnnotations[] words = [OwnerAnnotations.Of(annotations), OwnerAnnotations.Of(metadata.At("annotations").Texts()), OwnerAnnotations.Of(owner.At("metadata").At("annotations").Texts())];
            var level = words.Select(word => OwnerAnnotations.LevelOf(word.Exposure)).FirstOrDefault(found => found is not null) ?? request.Exposure;
            // Whoever says how far it is reached knows more than the files: of a firewall, say. What the files show is told beside it.
            var shown = template.ValueKind == JsonValueKind.Object ? cluster.Judge(@namespace, template, item) : null;
            var impact = words.Select(word => OwnerAnnotations.ImpactOf(word.Impact)).FirstOrDefault(found => found is not null) ?? request.Impact;
            foreach (var image in images)
            {
                yield return Place(
                    new ExceptionScope(@namespace, workload, image, null),
                    namespaces.ContainsKey(@namespace) ? owner.At("metadata").At("labels").Texts() : request.Labels,
                    level ?? shown?.Level,
                    impact,
                    level is null ? shown?.Highest : null) with
                {
                    ExposurePath = level is null ? shown?.Path ?? [] : [.. DeclaredExposure.PathOf(words.Any(word => OwnerAnnotations.LevelOf(word.Exposure) is not null) ? "by annotation" : "by option", level.Value, shown)],
                    ExposureUncertain = level is null ? shown?.Uncertain ?? [] : [],
                };
            }
        }
    }

    /// <summary>A place of which this much is known.</summary>
    /// <param name="scope">The place.</param>
    /// <param name="labels">The labels of its namespace.</param>
    /// <param name="level">How far it is reached; null where that is not known.</param>
    /// <param name="impact">What an attack would do; null where nobody says.</param>
    /// <param name="highest">How far it may be reached at most, where that is farther: a priority goes by it.</param>
    public static PolicyPlace Place(
        ExceptionScope scope, ImmutableDictionary<string, string> labels, ExposureLevel? level, HumanImpact? impact, ExposureLevel? highest = null) => new(
        scope,
        // Every server sets this one itself.
        labels.SetItem("kubernetes.io/metadata.name", scope.Namespace),
        level,
        new DeployerContext((highest ?? level) is { } known ? DeployerContext.ExposureOf(known) : DeployerContext.Assumed.Exposure, impact ?? DeployerContext.Assumed.Impact));

    // A pod's spec may lie anywhere: in templates, in templates of jobs, in kinds that nobody knows yet.
    private static IEnumerable<(ImmutableDictionary<string, string> Annotations, List<string> Images, JsonElement Template)> Templates(
        JsonElement item, ImmutableDictionary<string, string> annotations, JsonElement template, int depth)
    {
        if (item.ValueKind != JsonValueKind.Object || depth > DeepestTemplate)
        {
            yield break;
        }

        var images = ManifestImages.Of(item).Distinct(StringComparer.Ordinal).ToList();
        if (images.Count > 0)
        {
            yield return (annotations, images, template);
        }

        foreach (var member in item.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object && member.Name != "metadata"))
        {
            var (own, pod) = member.Name == "template" ? (member.Value.At("metadata").At("annotations").Texts(), member.Value) : (annotations, template);
            foreach (var found in Templates(member.Value, own, pod, depth + 1))
            {
                yield return found;
            }
        }
    }
}
