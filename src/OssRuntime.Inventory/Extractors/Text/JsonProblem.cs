using System.Text;
using System.Text.Json;

namespace OssRuntime.Inventory.Extractors.Text;

/// <summary>
/// What a JSON reader throws over input: other kinds than its own for texts that are no UTF-8 or have half of a surrogate pair (<c>\ud800</c>), which it looks
/// into only when they are asked for.
/// </summary>
internal static class JsonProblem
{
    /// <summary>True where the input is to blame.</summary>
    public static bool IsOne(Exception e) => e is JsonException || IsNoUtf8(e) || IsHalfAPair(e);

    /// <summary>The reason for a user.</summary>
    public static string Reason(Exception e) => e is JsonException json ? $"it is not valid JSON: line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}"
        : IsNoUtf8(e) ? "it is not valid JSON: a text in it is not UTF-8"
        : "it is not valid JSON: a text in it has half of a surrogate pair";

    private static bool IsNoUtf8(Exception e) => e is InvalidOperationException { InnerException: DecoderFallbackException };

    /// <summary>Nothing but its message tells this from a reader that asks for a text where there is a number.</summary>
    private static bool IsHalfAPair(Exception e) => e is InvalidOperationException && e.Message.Contains("UTF-16", StringComparison.Ordinal);
}
