namespace OssRuntime.Inventory.Extractors;

/// <summary>A statement of one file about where the packages of another came from.</summary>
/// <param name="Path">The other file's path, or a directory that it lies in directly.</param>
/// <param name="Origin">The URL.</param>
internal sealed record PackageOrigin(string Path, string Origin);
