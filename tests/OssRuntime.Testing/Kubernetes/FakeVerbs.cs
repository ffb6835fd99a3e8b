using System.Text.Json;
using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>Carries out what is asked, watches excepted.</summary>
internal static class FakeVerbs
{
    public static JsonObject Answer(FakeStorage storage, FakeKind kind, FakeRequest request, string? contentType)
    {
        var manager = request.Parameter("fieldManager") ?? request.Headers["User-Agent"].ToString().Split('/')[0];
        return request.Verb switch
        {
            "get" => storage.Get(kind, request.Namespace, request.Name!),
            "list" => storage.List(request, kind),
            "create" when kind.IsQuestion => Answered(Parse(request.Body)),
            "create" => storage.Create(kind, request.Namespace, Parse(request.Body), manager),
            "update" => Modify(storage, kind, request, manager, static (_, body) => body),
            "patch" when contentType?.StartsWith("application/merge-patch+json", StringComparison.Ordinal) == true =>
                Modify(storage, kind, request, manager, Merge),
            "apply" => storage.Apply(
                kind, request.Namespace, request.Name!, request.Subresource, Parse(request.Body),
                request.Parameter("fieldManager") ?? throw new FakeStatusException(422, "Invalid", "fieldManager: Required value"),
                request.Parameter("force") == "true"),
            "delete" => storage.Delete(kind, request.Namespace, request.Name!, request.Body.Length == 0 ? null : Parse(request.Body)),
            _ => throw new FakeStatusException(415, "UnsupportedMediaType", $"{contentType}"),
        };
    }

    private static JsonObject Modify(
        FakeStorage storage, FakeKind kind, FakeRequest request, string manager, Func<JsonObject, JsonObject, JsonObject> change) =>
        storage.Modify(
            kind, request.Namespace, request.Name!, request.Subresource,
            (_, live) =>
            {
                var body = Parse(request.Body);
                if ((string?)body["metadata"]?["resourceVersion"] is { } version && version != (string?)live["metadata"]!["resourceVersion"])
                {
                    throw new FakeStatusException(
                        409, "Conflict", $"Operation cannot be fulfilled on {kind.Plural} \"{request.Name}\": the object has been modified");
                }

                return change(live, body);
            },
            (found, before, after) => found.Owners.Update(before, after, manager, request.Subresource));

    // RFC 7386.
    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject inner:
                    target[name] = Merge(target[name] is JsonObject known ? known : [], inner.DeepClone().AsObject()).DeepClone();
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }

        return target;
    }

    private static JsonObject Answered(JsonObject question)
    {
        question["metadata"] = new JsonObject { ["creationTimestamp"] = null };
        question["status"] = new JsonObject { ["allowed"] = true };
        return question;
    }

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body)!.AsObject();
        }
        catch (JsonException exception)
        {
            throw new FakeStatusException(400, "BadRequest", exception.Message);
        }
    }
}
