using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>
/// Who owns which fields of one object, and server-side apply on that ground: what a manager no longer says and nobody else owns goes;
/// what another owns with another value is a conflict unless forced. Lists are taken as one value (<c>atomic</c>).
/// </summary>
internal sealed class FieldOwnership
{
    private static readonly HashSet<string> Unowned = new(StringComparer.Ordinal)
    {
        "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.uid", "metadata.resourceVersion", "metadata.generation",
        "metadata.creationTimestamp", "metadata.managedFields", "metadata.deletionTimestamp", "metadata.selfLink",
    };

    private readonly Dictionary<(string Manager, string Operation, string Subresource), HashSet<FieldPath>> _owners = [];

    /// <summary>Applies a configuration to the live object, in place.</summary>
    public void Apply(JsonObject live, JsonObject configuration, string manager, string? subresource, bool force)
    {
        var wished = Leaves(configuration, subresource);
        var known = FieldPath.Leaves(live);
        var me = (manager, "Apply", subresource ?? "");
        var conflicts = wished
            .Where(leaf => known.TryGetValue(leaf.Key, out var value) && !JsonNode.DeepEquals(value, leaf.Value))
            .SelectMany(leaf => _owners.Where(owner => owner.Key != me && owner.Value.Contains(leaf.Key)).Select(owner => (leaf.Key, owner.Key.Manager)))
            .ToArray();
        if (conflicts.Length > 0 && !force)
        {
            throw new FakeStatusException(
                409, "Conflict", "Apply failed with conflicts: " + string.Join("; ", conflicts.Select(c => $"conflict with \"{c.Manager}\": .{c.Key}")));
        }

        foreach (var (path, _) in conflicts)
        {
            GiveUp(path, except: me);
        }

        foreach (var path in _owners.GetValueOrDefault(me, []).Where(path => !wished.ContainsKey(path)))
        {
            if (!_owners.Any(owner => owner.Key != me && owner.Value.Contains(path)))
            {
                path.RemoveFrom(live);
            }
        }

        foreach (var (path, value) in wished)
        {
            path.SetIn(live, value?.DeepClone());
        }

        _owners[me] = [.. wished.Keys];
    }

    /// <summary>Takes note of a write that is no apply: what changed is the writer's.</summary>
    public void Update(JsonObject before, JsonObject after, string manager, string? subresource)
    {
        var old = FieldPath.Leaves(before);
        var now = Leaves(after, subresource);
        var me = (manager, "Update", subresource ?? "");
        var mine = _owners.TryGetValue(me, out var owned) ? owned : _owners[me] = [];
        foreach (var (path, value) in now)
        {
            if (!old.TryGetValue(path, out var known) || !JsonNode.DeepEquals(known, value))
            {
                GiveUp(path, except: me);
                mine.Add(path);
            }
        }

        foreach (var path in old.Keys.Where(path => !now.ContainsKey(path) && Covers(path, subresource)))
        {
            GiveUp(path, except: null);
        }
    }

    /// <summary>As metadata carries it.</summary>
    public JsonArray ToJson(string apiVersion) =>
        new([.. _owners.Where(owner => owner.Value.Count > 0).Select(owner =>
        {
            var fields = new JsonObject();
            foreach (var path in owner.Value)
            {
                path.SetFieldsIn(fields);
            }

            var entry = new JsonObject
            {
                ["manager"] = owner.Key.Manager,
                ["operation"] = owner.Key.Operation,
                ["apiVersion"] = apiVersion,
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = fields,
            };
            if (owner.Key.Subresource.Length > 0)
            {
                entry["subresource"] = owner.Key.Subresource;
            }

            return entry;
        })]);

    private void GiveUp(FieldPath path, (string, string, string)? except)
    {
        foreach (var (owner, paths) in _owners)
        {
            if (owner != except)
            {
                paths.Remove(path);
            }
        }
    }

    private static Dictionary<FieldPath, JsonNode?> Leaves(JsonObject document, string? subresource) =>
        FieldPath.Leaves(document).Where(leaf => Covers(leaf.Key, subresource)).ToDictionary();

    private static bool Covers(FieldPath path, string? subresource)
    {
        var text = path.ToString();
        return !Unowned.Contains(text)
            && (subresource is null || text == subresource || text.StartsWith(subresource + ".", StringComparison.Ordinal));
    }
}
