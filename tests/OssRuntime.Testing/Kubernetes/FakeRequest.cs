using Microsoft.Extensions.Primitives;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>A request that a <see cref="FakeApiServer"/> received.</summary>
public sealed record FakeRequest
{
    /// <summary>What it asks for: get, list, watch, create, update, patch, apply, delete, discover.</summary>
    public required string Verb { get; init; }

    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Path without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The kind's name in paths; empty for discovery.</summary>
    public required string Plural { get; init; }

    /// <summary>The object's namespace, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The object's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The subresource, or null.</summary>
    public string? Subresource { get; init; }

    /// <summary>The query.</summary>
    public required IReadOnlyDictionary<string, StringValues> Query { get; init; }

    /// <summary>The headers.</summary>
    public required IReadOnlyDictionary<string, StringValues> Headers { get; init; }

    /// <summary>The body.</summary>
    public required string Body { get; init; }

    /// <summary>When it came, on the server's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>True for everything that changes an object.</summary>
    public bool IsWrite => Verb is "create" or "update" or "patch" or "apply" or "delete";

    /// <summary>A parameter of the query, or null.</summary>
    public string? Parameter(string name) => Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Verb} {Path}{(Query.Count == 0 ? "" : "?" + string.Join('&', Query.Select(pair => $"{pair.Key}={pair.Value}")))}";
}
