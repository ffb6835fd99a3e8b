using System.Text.Json;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Described;

/// <summary>The pods that manifests describe: as they stand, or as what controllers will make of templates.</summary>
internal sealed class DescribedPods
{
    private const int DeepestTemplate = 6;
    private const int MostOrdinals = 20;
    private const string KnativeConfiguration = "serving.knative.dev/configuration";

    private readonly PodViewConverter _reader = new();

    /// <summary>The pods of an object, however deep it has its templates; none where it has none.</summary>
    /// <exception cref="JsonException">A template has not the shape of one.</exception>
    public IEnumerable<PodView> In(JsonElement item, string kind, string @namespace)
    {
        var own = item.At("metadata").At("name").Text();
        var name = kind == "Pod" ? own ?? "" : $"{kind}/{own}";
        return (kind == "Pod" ? [item] : Templates(item, 0))
            .SelectMany(template => Of(@namespace, template, item))
            .Select((pod, index) => pod with { Key = new ObjectKey(@namespace, index == 0 ? name : $"{name} {index}") });
    }

    /// <summary>
    /// The pods that come of a template: one, but of a StatefulSet one for each ordinal, which Services may select. What a controller labels its pods with besides is added.
    /// </summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="template">The template, or a pod: metadata and spec.</param>
    /// <param name="owner">The object that the template stands in; undefined for none.</param>
    /// <exception cref="JsonException">It has not the shape of one.</exception>
    public IEnumerable<PodView> Of(string @namespace, JsonElement template, JsonElement owner)
    {
        var pod = template.Deserialize(PodJson.Default.PodDocument) ?? throw new JsonException("a template is null");
        var metadata = pod.Metadata ?? new ObjectMeta();
        var name = owner.At("metadata").At("name").Text() ?? "";
        var (kind, group) = (owner.At("kind").Text(), owner.At("apiVersion").Text()?.Split('/')[0]);
        IEnumerable<KeyValuePair<string, string>[]> added = (kind, group) switch
        {
            ("StatefulSet", "apps") => Ordinals(owner).Select(ordinal => new KeyValuePair<string, string>[]
            {
                new("statefulset.kubernetes.io/pod-name", $"{name}-{ordinal}"), new("apps.kubernetes.io/pod-index", ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            }),
            ("Service" or "Configuration", "serving.knative.dev") => [[new(KnativeConfiguration, name), new("serving.knative.dev/service", name)]],
            ("Job", "batch") => [[new("batch.kubernetes.io/job-name", name), new("job-name", name)]],
            _ => [[]],
        };
        foreach (var labels in added)
        {
            var all = new Dictionary<string, string>(metadata.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal);
            Array.ForEach(labels, label => all.TryAdd(label.Key, label.Value));
            var view = _reader.ViewOf(pod, metadata with { Labels = all });
            yield return view with { Key = view.Key with { Namespace = @namespace } };
        }
    }

    private static IEnumerable<int> Ordinals(JsonElement owner)
    {
        var spec = owner.At("spec");
        var start = spec.At("ordinals").At("start") is { ValueKind: JsonValueKind.Number } first && first.TryGetInt32(out var from) ? from : 0;
        var count = spec.At("replicas") is { ValueKind: JsonValueKind.Number } replicas && replicas.TryGetInt32(out var stated) ? stated : 1;
        return Enumerable.Range(Math.Max(0, start), Math.Clamp(count, 1, MostOrdinals));
    }

    private static IEnumerable<JsonElement> Templates(JsonElement item, int depth)
    {
        if (item.ValueKind != JsonValueKind.Object || depth > DeepestTemplate)
        {
            yield break;
        }

        foreach (var member in item.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object && member.Name != "metadata"))
        {
            if (member.Name == "template" && member.Value.At("spec").At("containers").ValueKind == JsonValueKind.Array)
            {
                yield return member.Value;
                continue;
            }

            foreach (var found in Templates(member.Value, depth + 1))
            {
                yield return found;
            }
        }
    }
}
