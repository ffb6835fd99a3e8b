using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>The server's version and the lists of what it serves.</summary>
internal static class FakeDiscovery
{
    public static JsonObject Answer(FakeKind[] kinds, string path)
    {
        if (path == "/version")
        {
            return new JsonObject { ["major"] = "1", ["minor"] = "34+", ["gitVersion"] = "v1.34.0-fake" };
        }

        if (path == "/apis")
        {
            var groups = kinds.Select(kind => kind.Group).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);
            return new JsonObject { ["kind"] = "APIGroupList", ["groups"] = new JsonArray([.. groups.Select(name => new JsonObject { ["name"] = name })]) };
        }

        var group = kinds.Where(kind => kind.Group.Length > 0 && path == $"/apis/{kind.Group}").Select(kind => kind.Version).Distinct(StringComparer.Ordinal).ToArray();
        if (group.Length > 0)
        {
            return new JsonObject
            {
                ["kind"] = "APIGroup",
                ["versions"] = new JsonArray([.. group.Select(version => new JsonObject { ["version"] = version })]),
            };
        }

        var served = kinds.Where(kind => kind.Root == path).ToArray();
        return served.Length == 0 ? throw new FakeStatusException(404, "NotFound", "the server could not find the requested resource") : new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["resources"] = new JsonArray([.. served.SelectMany(Entries)]),
        };
    }

    private static IEnumerable<JsonObject> Entries(FakeKind kind)
    {
        yield return Entry(kind, kind.Plural);
        if (kind.HasStatus)
        {
            yield return Entry(kind, kind.Plural + "/status");
        }
    }

    private static JsonObject Entry(FakeKind kind, string name) => new() { ["name"] = name, ["kind"] = kind.Kind, ["namespaced"] = kind.Namespaced };
}
