namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>What Go's linker stamps into a program.</summary>
/// <param name="Toolchain">The version of Go: <c>go1.22.1</c>.</param>
/// <param name="Modules">What <c>go version -m</c> prints; empty for programs that were built without modules.</param>
internal sealed record GoBuildInfo(string Toolchain, string Modules)
{
    private const int MarkerLength = 16;

    /// <summary>Takes the modules out of the two markers that the linker puts around them (runtime/debug, <c>modinfo</c>).</summary>
    public static GoBuildInfo Of(ReadOnlySpan<byte> toolchain, ReadOnlySpan<byte> modules)
    {
        var isMarked = modules.Length > MarkerLength * 2 && modules[^(MarkerLength + 1)] == '\n';
        return new GoBuildInfo(
            System.Text.Encoding.UTF8.GetString(toolchain),
            isMarked ? System.Text.Encoding.UTF8.GetString(modules[MarkerLength..^MarkerLength]) : "");
    }

    /// <summary>True for the two ways in which Go names its versions.</summary>
    public static bool IsToolchain(ReadOnlySpan<byte> text) =>
        text.Length is > 2 and <= 200 && (text.StartsWith("go1"u8) || text.StartsWith("devel "u8)) && text.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;
}
