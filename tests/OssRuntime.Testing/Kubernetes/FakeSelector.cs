using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>The namespace, the field selector and the label selector of a list or a watch; equality and inequality only.</summary>
internal sealed record FakeSelector(string? Namespace, string? Fields, string? Labels)
{
    public static FakeSelector Of(FakeRequest request) =>
        new(request.Namespace, request.Parameter("fieldSelector"), request.Parameter("labelSelector"));

    public bool Matches(JsonObject content)
    {
        var metadata = content["metadata"]!.AsObject();
        return (Namespace is null || (string?)metadata["namespace"] == Namespace)
            && Terms(Fields).All(term => Holds(term, Field(content, term.Name)))
            && Terms(Labels).All(term => Holds(term, (string?)metadata["labels"]?[term.Name]));
    }

    private static bool Holds((string Name, string? Value, bool Equal) term, string? actual) =>
        term.Value is null ? actual is not null : actual == term.Value == term.Equal;

    private static string? Field(JsonObject content, string path)
    {
        JsonNode? node = content;
        foreach (var step in path.Split('.'))
        {
            node = (node as JsonObject)?[step];
        }

        return node?.ToString() ?? "";
    }

    private static IEnumerable<(string Name, string? Value, bool Equal)> Terms(string? selector) =>
        (selector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(term =>
        {
            var unequal = term.Split("!=");
            if (unequal.Length == 2)
            {
                return (unequal[0], (string?)unequal[1], false);
            }

            var equal = term.Split('=', StringSplitOptions.RemoveEmptyEntries);
            return equal.Length == 2 ? (equal[0], equal[1], true) : (term, null, true);
        });
}
