namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>Names of Go versions.</summary>
internal static class GoVersion
{
    /// <summary>
    /// <c>1.22.1</c> of <c>go1.22.1 X:boringcrypto</c>, <c>go1.22.1-vendor</c> or <c>devel go1.22-abc</c>; null where there is no number.
    /// </summary>
    public static string? OfToolchain(string toolchain)
    {
        var text = toolchain.StartsWith("devel ", StringComparison.Ordinal) ? toolchain[6..] : toolchain;
        if (!text.StartsWith("go1", StringComparison.Ordinal))
        {
            return null;
        }

        var end = text.AsSpan().IndexOfAny(" -+");
        return end < 0 ? text[2..] : text[2..end];
    }
}
