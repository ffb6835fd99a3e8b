namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>What Maven calls a project.</summary>
internal sealed record MavenIdentity(string Group, string Artifact, string Version);
