using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>The way to a leaf of a JSON document; lists are leaves.</summary>
internal readonly record struct FieldPath(string Text)
{
    // Annotation names hold dots and slashes, so the steps are joined by what no name holds.
    private const char Joint = '\u001f';

    private string[] Steps => Text.Split(Joint);

    public static Dictionary<FieldPath, JsonNode?> Leaves(JsonObject document)
    {
        var leaves = new Dictionary<FieldPath, JsonNode?>();
        Walk(document, "", leaves);
        return leaves;
    }

    public void SetIn(JsonObject document, JsonNode? value)
    {
        var parent = document;
        var steps = Steps;
        foreach (var step in steps[..^1])
        {
            if (parent[step] is not JsonObject child)
            {
                parent[step] = child = [];
            }

            parent = child;
        }

        parent[steps[^1]] = value;
    }

    public void RemoveFrom(JsonObject document)
    {
        var parents = new List<JsonObject> { document };
        var steps = Steps;
        foreach (var step in steps[..^1])
        {
            if (parents[^1][step] is not JsonObject child)
            {
                return;
            }

            parents.Add(child);
        }

        for (var depth = steps.Length - 1; depth >= 0; depth--)
        {
            parents[depth].Remove(steps[depth]);
            if (parents[depth].Count > 0)
            {
                return;
            }
        }
    }

    public void SetFieldsIn(JsonObject fields)
    {
        foreach (var step in Steps)
        {
            var name = "f:" + step;
            if (fields[name] is not JsonObject child)
            {
                fields[name] = child = [];
            }

            fields = child;
        }
    }

    public override string ToString() => Text.Replace(Joint, '.');

    private static void Walk(JsonObject document, string prefix, Dictionary<FieldPath, JsonNode?> leaves)
    {
        foreach (var (name, value) in document)
        {
            var path = prefix.Length == 0 ? name : prefix + Joint + name;
            if (value is JsonObject { Count: > 0 } inner)
            {
                Walk(inner, path, leaves);
            }
            else
            {
                leaves[new FieldPath(path)] = value;
            }
        }
    }
}
