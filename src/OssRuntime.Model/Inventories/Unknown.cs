namespace OssRuntime.Model.Inventories;

/// <summary>Something in an image that looked like a package record and could not be read: where, by whom, and why.</summary>
public sealed record Unknown(string Path, string Extractor, string Reason);
