using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors;

/// <summary>Files that an OS package installed.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Architecture">Its architecture, where several may be installed side by side; else null.</param>
/// <param name="Paths">Without a leading slash.</param>
internal sealed record OwnedFiles(string Package, string? Architecture, PathList Paths);
