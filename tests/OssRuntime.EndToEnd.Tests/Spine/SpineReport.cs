using System.Text.Json;
using k8s.Models;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>One of our objects as anybody reads it from the API.</summary>
internal sealed class SpineReport
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public JsonElement Spec { get; set; }

    public JsonElement Report { get; set; }

    public JsonElement Status { get; set; }

    public string? ReasonOf(string condition) =>
        Status.ValueKind == JsonValueKind.Object && Status.TryGetProperty("conditions", out var conditions)
            ? conditions.EnumerateArray().Where(c => c.GetProperty("type").GetString() == condition).Select(c => c.GetProperty("reason").GetString()).FirstOrDefault()
            : null;
}
