namespace OssRuntime.Inventory.Paths;

/// <summary>
/// Paths as the rest of the room knows them: UTF-8, no leading slash, no empty or <c>.</c> segment, and <c>..</c> taken away with what
/// it leaves, never beyond the root.
/// </summary>
internal static class LayerPath
{
    /// <summary>Writes the normal form of <paramref name="raw"/>, which is never longer than it. The two must not overlap.</summary>
    /// <returns>Its length; zero for the root.</returns>
    public static int Normalize(ReadOnlySpan<byte> raw, Span<byte> destination) => Normalize(raw, destination, out _);

    /// <summary>As above.</summary>
    /// <param name="raw">A path as it is written.</param>
    /// <param name="destination">Gets the normal form.</param>
    /// <param name="leavesRoot">True where a <c>..</c> would have gone beyond the root.</param>
    public static int Normalize(ReadOnlySpan<byte> raw, Span<byte> destination, out bool leavesRoot)
    {
        leavesRoot = false;
        var length = 0;
        while (!raw.IsEmpty)
        {
            var slash = raw.IndexOf((byte)'/');
            var segment = slash < 0 ? raw : raw[..slash];
            raw = slash < 0 ? [] : raw[(slash + 1)..];
            if (segment.IsEmpty || segment.SequenceEqual("."u8))
            {
                continue;
            }

            if (segment.SequenceEqual(".."u8))
            {
                leavesRoot |= length == 0;
                length = Math.Max(0, destination[..length].LastIndexOf((byte)'/'));
                continue;
            }

            if (length > 0)
            {
                destination[length++] = (byte)'/';
            }

            segment.CopyTo(destination[length..]);
            length += segment.Length;
        }

        return length;
    }

    /// <summary>The last segment.</summary>
    public static ReadOnlySpan<byte> FileName(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>Everything before the last segment; empty for a path of one segment.</summary>
    public static ReadOnlySpan<byte> Directory(ReadOnlySpan<byte> path) => path[..Math.Max(0, path.LastIndexOf((byte)'/'))];
}
