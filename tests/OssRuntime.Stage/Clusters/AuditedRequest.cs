using System.Text.Json;

namespace OssRuntime.Stage.Clusters;

/// <summary>A request as the API server wrote it down.</summary>
/// <param name="User">Who asked.</param>
/// <param name="Verb">In the words of RBAC: get, list, watch, create, patch, delete.</param>
/// <param name="Group">API group; empty is the core.</param>
/// <param name="Resource">Plural, with the subresource behind a slash; empty where the request was for no resource.</param>
/// <param name="Namespace">Where; empty is the cluster.</param>
/// <param name="Code">The answer's HTTP status.</param>
/// <param name="Path">The address that was asked for.</param>
public sealed record AuditedRequest(string User, string Verb, string Group, string Resource, string Namespace, int Code, string Path)
{
    /// <summary>All finished requests in an API server's audit log.</summary>
    public static IEnumerable<AuditedRequest> ReadAll(string auditLog)
    {
        using var file = new FileStream(auditLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            using var entry = JsonDocument.Parse(line);
            yield return Read(entry.RootElement);
        }
    }

    private static AuditedRequest Read(JsonElement entry)
    {
        var target = entry.TryGetProperty("objectRef", out var reference) ? reference : default;
        string Of(string name) => target.ValueKind == JsonValueKind.Object && target.TryGetProperty(name, out var value) ? value.GetString()! : "";
        return new AuditedRequest(
            entry.GetProperty("user").GetProperty("username").GetString()!,
            entry.GetProperty("verb").GetString()!,
            Of("apiGroup"),
            Of("subresource") is { Length: > 0 } part ? $"{Of("resource")}/{part}" : Of("resource"),
            Of("namespace"),
            entry.GetProperty("responseStatus").GetProperty("code").GetInt32(),
            entry.GetProperty("requestURI").GetString()!);
    }
}
