namespace OssRuntime.Inventory.Sboms;

/// <summary>What is written into an SBOM beside the inventory. The same inventory and the same subject give the same bytes.</summary>
/// <param name="Name">What the image, root file system or document is called.</param>
/// <param name="Created">When the SBOM was made, to the second.</param>
/// <param name="ToolVersion">The version of this program.</param>
public sealed record SbomSubject(string Name, DateTimeOffset Created, string ToolVersion);
