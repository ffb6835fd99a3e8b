using System.Text.Json.Nodes;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests;

/// <summary>Widgets for the fake server.</summary>
internal static class FakeWidgets
{
    public static FakeKind Kind { get; } = new("contract.ossruntime.io", "v1", "widgets", "Widget", Namespaced: true) { HasStatus = true };

    public static JsonObject Make(string? @namespace, string name, int size) => new()
    {
        ["apiVersion"] = Widget.ResourceKind.ApiVersion,
        ["kind"] = "Widget",
        ["metadata"] = new JsonObject { ["namespace"] = @namespace, ["name"] = name },
        ["spec"] = new JsonObject { ["size"] = size },
    };
}
