using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>Which texts of an SBOM are taken as they are.</summary>
internal static class DraftText
{
    /// <summary>Characters that a name, a version or a licence may have.</summary>
    public const int Longest = 1024;

    private const int LongestPath = 4096;

    /// <summary>True for a text of a bearable length without control characters.</summary>
    public static bool IsClean(string text) => Refuse(text) is null;

    /// <summary>Null for a text that can be used, else what is wrong with it.</summary>
    public static string? Refuse(string text) => text switch
    {
        { Length: 0 } => "is empty",
        { Length: > Longest } => $"is longer than {Longest} characters",
        _ when text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0 || text.AsSpan().IndexOfAnyInRange('\x7F', '\x9F') >= 0 => "has control characters",
        _ => null,
    };

    /// <summary>A path without its leading slash; null where it is empty, too long or cannot be shown.</summary>
    public static string? Path(string? path)
    {
        path = path?.StartsWith("./", StringComparison.Ordinal) == true ? path[2..] : path;
        path = path?.TrimStart('/');
        return path is { Length: > 0 and <= LongestPath } && !path.Any(char.IsControl) ? path : null;
    }

    /// <summary>A text as it can be shown in a reason.</summary>
    public static string Printable(string text, int longest = 120) => PrintableText.Of(text, longest);
}
