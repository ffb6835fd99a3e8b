namespace OssRuntime.Inventory.Extractors.Python;

/// <summary>Where installers leave the metadata of a Python distribution.</summary>
internal static class PythonPaths
{
    /// <summary>
    /// True for <c>X.dist-info/METADATA</c> (wheels), <c>X.egg-info/PKG-INFO</c> and <c>X.egg-info</c> as a file (setup.py), and
    /// <c>X.egg/EGG-INFO/PKG-INFO</c> (eggs).
    /// </summary>
    public static bool IsMetadata(ReadOnlySpan<byte> path) =>
        path.EndsWith(".dist-info/METADATA"u8)
        || path.EndsWith(".egg-info/PKG-INFO"u8)
        || path.EndsWith("/EGG-INFO/PKG-INFO"u8)
        || path.EndsWith(".egg-info"u8);

    /// <summary>True for PEP 610's note of what a distribution was installed from.</summary>
    public static bool IsDirectUrl(ReadOnlySpan<byte> path) => path.EndsWith(".dist-info/direct_url.json"u8);
}
