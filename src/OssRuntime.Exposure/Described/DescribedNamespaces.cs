using System.Collections.Immutable;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Described;

/// <summary>The namespaces that files show, mention, or admit by the rules of a NetworkPolicy.</summary>
internal sealed class DescribedNamespaces
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly string[] Everywhere = ["default", "kube-node-lease", "kube-public", "kube-system"];

    private readonly Dictionary<string, LabelSet> _known = Everywhere.ToDictionary(name => name, name => Labels(name, ImmutableDictionary<string, string>.Empty), StringComparer.Ordinal);
    private readonly List<LabelSelector> _admitted = [];

    /// <summary>Takes a namespace that is an object among the others.</summary>
    public void Show(string name, IReadOnlyDictionary<string, string> labels) => _known[name] = Labels(name, labels);

    /// <summary>Takes one that another object is in.</summary>
    public void Mention(string name, IReadOnlyDictionary<string, string> labels) => _known.TryAdd(name, Labels(name, labels));

    /// <summary>Takes the selectors by which a policy admits.</summary>
    public void Admit(IEnumerable<LabelSelector> selectors) => _admitted.AddRange(selectors);

    /// <summary>All of them, with one for each selector that none has the labels for.</summary>
    public IEnumerable<(string Name, LabelSet Labels, bool Assumed)> All()
    {
        var assumed = new Dictionary<string, LabelSet>(StringComparer.Ordinal);
        foreach (var selector in _admitted.Where(selector => !_known.Values.Any(selector.Matches)))
        {
            var labels = new Dictionary<string, string>(selector.MatchLabels ?? [], StringComparer.Ordinal);
            foreach (var requirement in selector.MatchExpressions ?? [])
            {
                if (requirement is { Operator: "In" or "Exists", Key: { } key })
                {
                    labels.TryAdd(key, requirement.Values?.FirstOrDefault() ?? "");
                }
            }

            var name = labels.GetValueOrDefault(NameLabel) ?? $"(admitted {assumed.Count})";
            assumed.TryAdd(name, Labels(name, labels));
        }

        return _known.Select(pair => (pair.Key, pair.Value, false)).Concat(assumed.Where(pair => !_known.ContainsKey(pair.Key)).Select(pair => (pair.Key, pair.Value, true)));
    }

    private static LabelSet Labels(string name, IReadOnlyDictionary<string, string> labels) =>
        // Every server sets this one itself.
        LabelSet.Of(labels.Where(pair => pair.Key != NameLabel).Append(KeyValuePair.Create(NameLabel, name)).ToDictionary());
}
