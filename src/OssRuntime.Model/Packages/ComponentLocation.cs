using OssRuntime.Model.Images;

namespace OssRuntime.Model.Packages;

/// <summary>
/// The evidence for a component: the layer and the file in it that named it. Paths have no leading slash; a nested archive is written
/// <c>app/shop.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar</c>. The layer is absent for a root file system on disk and
/// where an SBOM does not tell it; where an SBOM tells no file either, the path is the SBOM's own name.
/// </summary>
public sealed record ComponentLocation(Digest? Layer, string Path);
