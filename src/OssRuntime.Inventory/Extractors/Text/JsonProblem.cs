using System.Text;
using System.Text.Json;

namespace OssRuntime.Inventory.Extractors.Text;

/// <summary>What a JSON reader throws over input: the second kind for texts that are no UTF-8, which it looks into only when they are asked for.</summary>
internal static class JsonProblem
{
    /// <summary>True where the input is to blame.</summary>
    public static bool IsOne(Exception e) => e is JsonException or InvalidOperationException { InnerException: DecoderFallbackException };

    /// <summary>The reason for a user.</summary>
    public static string Reason(Exception e) => e is JsonException json
        ? $"it is no valid JSON: line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}"
        : "it is no valid JSON: a text in it is no UTF-8";
}
