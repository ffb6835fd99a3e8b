using System.Globalization;
using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>The objects, one version counter for all, and the history that watches read. All access is under its own lock.</summary>
internal sealed class FakeStorage(TimeProvider time, Action onChange)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Plural, string Namespace, string Name), FakeObject> _objects = new(
        Comparer<(string, string, string)>.Create(static (a, b) =>
            string.CompareOrdinal($"{a.Item1}\0{a.Item2}\0{a.Item3}", $"{b.Item1}\0{b.Item2}\0{b.Item3}")));

    private readonly List<FakeEvent> _history = [];
    private readonly Dictionary<string, (long Version, JsonObject[] Left)> _continuations = new(StringComparer.Ordinal);
    private long _version = 1000;
    private long _compacted;
    private int _identities;

    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    /// <summary>An object larger than this does not fit into etcd.</summary>
    public int MaximumObjectBytes { get; set; } = 1536 * 1024;

    /// <summary>Forgets the history: what is older than now is gone, and open continue tokens with it.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _compacted = _version;
            _history.Clear();
            _continuations.Clear();
        }
    }

    public JsonObject Get(FakeKind kind, string? @namespace, string name)
    {
        lock (_lock)
        {
            return Rendered(Find(kind, @namespace, name));
        }
    }

    public JsonObject List(FakeRequest request, FakeKind kind)
    {
        lock (_lock)
        {
            var limit = int.Parse(request.Parameter("limit") ?? "0", CultureInfo.InvariantCulture);
            var asked = request.Parameter("resourceVersion");
            var (version, items) = request.Parameter("continue") is { } token
                ? Continued(token, asked)
                : (_version, All(request, kind, asked, limit));
            // A server that answers from its watch cache takes no notice of the limit; this one does unless it is asked for any version.
            var page = limit > 0 ? items.Take(limit).ToArray() : items;
            var metadata = new JsonObject { ["resourceVersion"] = Text(version) };
            if (page.Length < items.Length)
            {
                var next = $"token-{_continuations.Count}-{version}";
                _continuations[next] = (version, items[page.Length..]);
                metadata["continue"] = next;
            }

            return new JsonObject
            {
                ["kind"] = kind.Kind + "List",
                ["apiVersion"] = kind.ApiVersion,
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. page]),
            };
        }
    }

    /// <summary>The events of a kind after a version.</summary>
    public FakeEvent[] Since(FakeKind kind, long version, out long now)
    {
        lock (_lock)
        {
            now = _version;
            if (version < _compacted)
            {
                throw new FakeStatusException(410, "Expired", $"too old resource version: {version} ({_compacted})");
            }

            return [.. _history.Where(entry => entry.Version > version && entry.Kind == kind)];
        }
    }

    public JsonObject Create(FakeKind kind, string? @namespace, JsonObject content, string manager)
    {
        FakeObject created;
        lock (_lock)
        {
            if (content["metadata"] is not JsonObject metadata)
            {
                content["metadata"] = metadata = [];
            }

            metadata["namespace"] = kind.Namespaced ? @namespace : null;
            if ((string?)metadata["name"] is not { Length: > 0 })
            {
                metadata["name"] = $"{(string?)metadata["generateName"]}{_identities + 1:x5}";
            }

            if (_objects.ContainsKey(Key(kind, @namespace, (string)metadata["name"]!)))
            {
                throw new FakeStatusException(409, "AlreadyExists", $"{kind.Plural} \"{metadata["name"]}\" already exists");
            }

            created = Add(kind, @namespace, content);
            created.Owners.Update([], created.Content, manager, null);
            Commit(created, "ADDED", null);
        }

        onChange();
        return Rendered(created);
    }

    /// <summary>Changes an object by <paramref name="change"/>, which works on a copy and returns how the ownership follows.</summary>
    public JsonObject Modify(
        FakeKind kind, string? @namespace, string name, string? subresource, Func<FakeObject, JsonObject, JsonObject> change, Action<FakeObject, JsonObject, JsonObject> own)
    {
        FakeObject found;
        var changed = false;
        lock (_lock)
        {
            found = Find(kind, @namespace, name);
            var before = found.Content;
            var after = change(found, before.DeepClone().AsObject());
            KeepServerFields(kind, before, after, subresource);
            own(found, before, after);
            if (!JsonNode.DeepEquals(before, after))
            {
                if (!JsonNode.DeepEquals(Wished(before), Wished(after)))
                {
                    after["metadata"]!["generation"] = (long)before["metadata"]!["generation"]! + 1;
                }

                found.Content = after;
                changed = true;
                CommitOrDelete(found, before);
            }
        }

        if (changed)
        {
            onChange();
        }

        return Rendered(found);
    }

    /// <summary>Server-side apply; creates the object if it is not there.</summary>
    public JsonObject Apply(FakeKind kind, string? @namespace, string name, string? subresource, JsonObject configuration, string manager, bool force)
    {
        if (configuration["metadata"]?["managedFields"] is not null)
        {
            throw new FakeStatusException(400, "BadRequest", "metadata.managedFields must be nil");
        }

        lock (_lock)
        {
            if (!_objects.ContainsKey(Key(kind, @namespace, name)))
            {
                if (subresource is not null)
                {
                    throw NotFound(kind, name);
                }

                var created = new JsonObject
                {
                    ["apiVersion"] = kind.ApiVersion,
                    ["kind"] = kind.Kind,
                    ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = kind.Namespaced ? @namespace : null },
                };
                var item = Add(kind, @namespace, created);
                item.Owners.Apply(item.Content, WithoutStatus(kind, configuration), manager, null, force);
                Commit(item, "ADDED", null);
                onChange();
                return Rendered(item);
            }
        }

        return Modify(
            kind, @namespace, name, subresource,
            (found, live) =>
            {
                found.Owners.Apply(live, subresource is null ? WithoutStatus(kind, configuration) : configuration, manager, subresource, force);
                return live;
            },
            static (_, _, _) => { });
    }

    public JsonObject Delete(FakeKind kind, string? @namespace, string name, JsonObject? options)
    {
        FakeObject found;
        lock (_lock)
        {
            found = Find(kind, @namespace, name);
            var conditions = options?["preconditions"];
            foreach (var field in (ReadOnlySpan<string>)["uid", "resourceVersion"])
            {
                if ((string?)conditions?[field] is { } wanted && wanted != (string?)found.Metadata[field])
                {
                    throw new FakeStatusException(409, "Conflict", $"Precondition failed: {field} in precondition: {wanted}, in object: {found.Metadata[field]}");
                }
            }

            var before = found.Content;
            found.Content = before.DeepClone().AsObject();
            found.Metadata["deletionTimestamp"] = Now();
            CommitOrDelete(found, before);
        }

        onChange();
        return Rendered(found);
    }

    private (long Version, JsonObject[] Items) Continued(string token, string? asked)
    {
        if (asked is not null)
        {
            throw new FakeStatusException(400, "BadRequest", "specifying resource version is not allowed when using continue");
        }

        return _continuations.TryGetValue(token, out var rest)
            ? (rest.Version, [.. rest.Left.Select(item => item.DeepClone().AsObject())])
            : throw new FakeStatusException(410, "Expired", "The provided continue parameter is too old to display a consistent list result.");
    }

    private JsonObject[] All(FakeRequest request, FakeKind kind, string? asked, int limit)
    {
        if (asked is not (null or "" or "0"))
        {
            var version = long.Parse(asked, CultureInfo.InvariantCulture);
            if (version > _version)
            {
                throw new FakeStatusException(504, "Timeout", $"Too large resource version: {version}, current: {_version}", "ResourceVersionTooLarge");
            }

            // With a limit, "not older than" is "exactly" unless the match is said.
            if (limit > 0 && request.Parameter("resourceVersionMatch") is null && version < _compacted)
            {
                throw new FakeStatusException(410, "Expired", "The resourceVersion for the provided list is too old.");
            }
        }

        var selector = FakeSelector.Of(request);
        return [.. _objects.Values.Where(item => item.Kind == kind && selector.Matches(item.Content)).Select(Rendered)];
    }

    private FakeObject Add(FakeKind kind, string? @namespace, JsonObject content)
    {
        if (kind.HasStatus)
        {
            content.Remove("status");
        }

        var item = new FakeObject(kind, content);
        item.Metadata.Remove("managedFields");
        item.Metadata["uid"] = $"00000000-0000-4000-8000-{++_identities:x12}";
        item.Metadata["creationTimestamp"] = Now();
        item.Metadata["generation"] = 1L;
        return item;
    }

    private void CommitOrDelete(FakeObject item, JsonObject before)
    {
        if (item.Metadata["deletionTimestamp"] is not null && item.Metadata["finalizers"] is not JsonArray { Count: > 0 })
        {
            _objects.Remove(Key(item.Kind, item.Namespace, item.Name));
            Record(item, "DELETED", before);
            return;
        }

        Commit(item, "MODIFIED", before);
    }

    private void Commit(FakeObject item, string type, JsonObject? before)
    {
        var size = System.Text.Encoding.UTF8.GetByteCount(item.Content.ToJsonString());
        if (size > MaximumObjectBytes)
        {
            item.Content = before ?? item.Content;
            throw new FakeStatusException(500, "InternalError", "etcdserver: request is too large");
        }

        _objects[Key(item.Kind, item.Namespace, item.Name)] = item;
        Record(item, type, before);
    }

    private void Record(FakeObject item, string type, JsonObject? before)
    {
        item.Metadata["resourceVersion"] = Text(++_version);
        _history.Add(new FakeEvent(_version, type, item.Kind, Rendered(item), before));
    }

    private FakeObject Find(FakeKind kind, string? @namespace, string name) =>
        _objects.TryGetValue(Key(kind, @namespace, name), out var found) ? found : throw NotFound(kind, name);

    private static void KeepServerFields(FakeKind kind, JsonObject before, JsonObject after, string? subresource)
    {
        var old = before["metadata"]!.AsObject();
        var metadata = subresource == "status" ? old.DeepClone().AsObject() : after["metadata"]!.AsObject();
        foreach (var field in (ReadOnlySpan<string>)["uid", "creationTimestamp", "generation", "resourceVersion", "name", "namespace", "deletionTimestamp"])
        {
            metadata[field] = old[field]?.DeepClone();
        }

        metadata.Remove("managedFields");
        after["metadata"] = metadata.DeepClone();
        if (!kind.HasStatus)
        {
            return;
        }

        foreach (var name in before.Select(member => member.Key).Union(after.Select(member => member.Key)).ToArray())
        {
            var isStatus = name == "status";
            if (name != "metadata" && isStatus != (subresource == "status"))
            {
                after.Remove(name);
                if (before[name] is { } kept)
                {
                    after[name] = kept.DeepClone();
                }
            }
        }
    }

    private static JsonObject WithoutStatus(FakeKind kind, JsonObject content)
    {
        var copy = content.DeepClone().AsObject();
        if (kind.HasStatus)
        {
            copy.Remove("status");
        }

        return copy;
    }

    private static JsonObject Wished(JsonObject content)
    {
        var copy = content.DeepClone().AsObject();
        copy.Remove("metadata");
        copy.Remove("status");
        return copy;
    }

    private static JsonObject Rendered(FakeObject item)
    {
        var copy = item.Content.DeepClone().AsObject();
        foreach (var name in copy["metadata"]!.AsObject().Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            copy["metadata"]!.AsObject().Remove(name);
        }

        copy["metadata"]!["managedFields"] = item.Owners.ToJson(item.Kind.ApiVersion);
        return copy;
    }

    private static FakeStatusException NotFound(FakeKind kind, string name) => new(404, "NotFound", $"{kind.Plural} \"{name}\" not found");

    private static (string Plural, string Namespace, string Name) Key(FakeKind kind, string? @namespace, string name) =>
        ($"{kind.Group}/{kind.Plural}", @namespace ?? "", name);

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
