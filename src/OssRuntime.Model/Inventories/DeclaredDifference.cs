namespace OssRuntime.Model.Inventories;

/// <summary>One package that an SBOM calls otherwise than the image's files: both purls.</summary>
public sealed record DeclaredDifference(string Declared, string Observed);
