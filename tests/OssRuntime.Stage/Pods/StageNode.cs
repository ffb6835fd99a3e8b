namespace OssRuntime.Stage.Pods;

/// <summary>A node that the API knows and nobody runs.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Architecture">As Go names it: <c>amd64</c>, <c>arm64</c>.</param>
public sealed record StageNode(string Name, string Architecture = "amd64");
