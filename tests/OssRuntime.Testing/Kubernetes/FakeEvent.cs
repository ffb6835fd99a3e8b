using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>One entry of the server's history.</summary>
internal sealed record FakeEvent(long Version, string Type, FakeKind Kind, JsonObject Content, JsonObject? Before);
