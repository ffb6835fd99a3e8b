namespace OssRuntime.Inventory.Extractors.Npm;

/// <summary>Which package.json describes an installed package: the one directly in <c>node_modules/[@scope/]name</c>.</summary>
internal static class NpmPaths
{
    /// <summary>
    /// True for <c>…/node_modules/name/package.json</c> and <c>…/node_modules/@scope/name/package.json</c>. Deeper ones are parts of a package:
    /// fixtures, builds, entry points for one module system.
    /// </summary>
    public static bool IsInstalledPackage(ReadOnlySpan<byte> path)
    {
        if (!path.EndsWith("/package.json"u8))
        {
            return false;
        }

        path = path[..^"/package.json"u8.Length];
        var name = LastSegment(ref path);
        var parent = LastSegment(ref path);
        if (parent.StartsWith("@"u8))
        {
            parent = LastSegment(ref path);
        }

        return parent.SequenceEqual("node_modules"u8) && !name.StartsWith("."u8) && !name.StartsWith("@"u8);
    }

    private static ReadOnlySpan<byte> LastSegment(ref ReadOnlySpan<byte> path)
    {
        var slash = path.LastIndexOf((byte)'/');
        var segment = path[(slash + 1)..];
        path = slash < 0 ? [] : path[..slash];
        return segment;
    }
}
