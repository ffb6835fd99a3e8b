using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>Reads <c>severity[]</c>: CVSS vectors of any version, and the words of publishers that give words (type <c>Ubuntu</c>).</summary>
internal static class OsvSeverity
{
    private const int LongestVector = 512;

    /// <summary>Reads the property's value.</summary>
    public static void Read(ref Utf8JsonReader json, List<string> vectors, AdvisoryDraft record)
    {
        if (!JsonReading.EnterArray(ref json))
        {
            return;
        }

        while (JsonReading.NextElement(ref json))
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var (type, score) = ReadEntry(ref json);
            if (string.IsNullOrEmpty(score))
            {
                continue;
            }

            if (type is not null && type.StartsWith("CVSS", StringComparison.OrdinalIgnoreCase))
            {
                vectors.Add(score);
            }
            else
            {
                record.SeverityWord ??= score;
            }
        }
    }

    private static (string? Type, string? Score) ReadEntry(ref Utf8JsonReader json)
    {
        string? type = null;
        string? score = null;
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8))
            {
                type = JsonReading.Text(ref json, longest: 64);
            }
            else if (json.ValueTextEquals("score"u8))
            {
                score = JsonReading.Text(ref json, LongestVector);
            }
            else
            {
                json.Skip();
            }
        }

        return (type, score);
    }
}
