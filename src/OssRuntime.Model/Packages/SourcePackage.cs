namespace OssRuntime.Model.Packages;

/// <summary>The source package a distribution built a binary package from: what its advisories name.</summary>
public sealed record SourcePackage(string Name, string Version);
