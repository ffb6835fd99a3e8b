using System.Text.Json.Nodes;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>A stored object and who owns its fields.</summary>
internal sealed class FakeObject(FakeKind kind, JsonObject content)
{
    public FakeKind Kind => kind;

    public JsonObject Content { get; set; } = content;

    public FieldOwnership Owners { get; } = new();

    public string Name => (string)Metadata["name"]!;

    public string? Namespace => (string?)Metadata["namespace"];

    public JsonObject Metadata => Content["metadata"]!.AsObject();
}
