using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>
/// Reads <c>database_specific</c> of a record: the few fields that publishers agree on although the schema leaves them free. GitHub's
/// <c>severity</c> and <c>cwe_ids</c>, the malicious-packages project's origins, and bare CVSS scores.
/// </summary>
internal static class OsvSpecifics
{
    /// <summary>CWE-506, "Embedded Malicious Code".</summary>
    public const string MaliciousCode = "CWE-506";

    /// <summary>Reads the property's value.</summary>
    public static void Read(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        if (!JsonReading.EnterObject(ref json))
        {
            return;
        }

        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("severity"u8))
            {
                record.SeverityWord = JsonReading.Text(ref json, longest: 64) ?? record.SeverityWord;
            }
            else if (json.ValueTextEquals("cvss_v4"u8) || json.ValueTextEquals("cvss_v3"u8))
            {
                record.Score ??= JsonReading.Number(ref json);
            }
            else if (json.ValueTextEquals("cwe_ids"u8))
            {
                ReadWeaknesses(ref json, record);
            }
            else if (json.ValueTextEquals("malicious-packages-origins"u8))
            {
                record.Malware = true;
                json.Skip();
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void ReadWeaknesses(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        if (!JsonReading.EnterArray(ref json))
        {
            return;
        }

        while (JsonReading.NextElement(ref json))
        {
            record.Malware |= JsonReading.Element(ref json, longest: 64) == MaliciousCode;
        }
    }
}
