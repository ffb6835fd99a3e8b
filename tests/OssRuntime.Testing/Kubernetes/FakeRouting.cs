using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>Reads paths and says what is asked of which kind.</summary>
internal static class FakeRouting
{
    public static (FakeKind? Kind, FakeRequest Request) Route(FakeKind[] kinds, HttpContext context, string body, DateTimeOffset at)
    {
        var path = context.Request.Path.Value!;
        var kind = kinds.FirstOrDefault(kind => Steps(kind, path) is not null);
        var steps = kind is null ? [] : Steps(kind, path)!;
        var @namespace = kind is { Namespaced: true } && steps is ["namespaces", var ns, ..] ? ns : null;
        var rest = @namespace is null ? steps : steps[2..];
        var name = rest.ElementAtOrDefault(1);
        return (kind, new FakeRequest
        {
            Verb = kind is null ? "discover" : Verb(context, name),
            Method = context.Request.Method,
            Path = path,
            Plural = kind?.Plural ?? "",
            Namespace = @namespace,
            Name = name,
            Subresource = rest.ElementAtOrDefault(2),
            Query = context.Request.Query.ToDictionary(),
            Headers = context.Request.Headers.ToDictionary(),
            Body = body,
            At = at,
        });
    }

    /// <summary>The object or list as the Accept header wants it: whole, or metadata only.</summary>
    public static JsonObject Render(HttpContext context, JsonObject answer)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("as=PartialObjectMetadata", StringComparison.Ordinal))
        {
            return answer;
        }

        if (answer["items"] is not JsonArray items)
        {
            return Partial(answer);
        }

        return new JsonObject
        {
            ["kind"] = "PartialObjectMetadataList",
            ["apiVersion"] = "meta.k8s.io/v1",
            ["metadata"] = answer["metadata"]!.DeepClone(),
            ["items"] = new JsonArray([.. items.Select(item => Partial(item!.AsObject()))]),
        };
    }

    private static JsonObject Partial(JsonObject content) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = content["metadata"]!.DeepClone(),
    };

    private static string Verb(HttpContext context, string? name) => context.Request.Method switch
    {
        "GET" when name is not null => "get",
        "GET" when context.Request.Query["watch"] == "true" => "watch",
        "GET" => "list",
        "POST" => "create",
        "PUT" => "update",
        "DELETE" => "delete",
        "PATCH" when context.Request.ContentType?.StartsWith("application/apply-patch+yaml", StringComparison.Ordinal) == true => "apply",
        "PATCH" => "patch",
        var other => throw new FakeStatusException(405, "MethodNotAllowed", other),
    };

    private static string[]? Steps(FakeKind kind, string path)
    {
        if (!path.StartsWith(kind.Root + "/", StringComparison.Ordinal))
        {
            return null;
        }

        var steps = path[(kind.Root.Length + 1)..].Split('/');
        var plural = kind.Namespaced && steps is ["namespaces", _, var inside, ..] ? inside : steps[0];
        return plural == kind.Plural ? steps : null;
    }
}
