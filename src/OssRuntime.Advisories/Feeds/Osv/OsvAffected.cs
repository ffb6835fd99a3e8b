using System.Text.Json;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>Reads <c>affected[]</c>.</summary>
internal static class OsvAffected
{
    /// <summary>Reads the property's value.</summary>
    public static void Read(ref Utf8JsonReader json, AdvisoryDraft record)
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

            ReadEntry(ref json, record);
        }
    }

    private static void ReadEntry(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        string? ecosystem = null;
        string? name = null;
        string? purl = null;
        var ranges = new List<AffectedRange>();
        var versions = new List<string>();
        var vectors = new List<string>();
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("package"u8))
            {
                (ecosystem, name, purl) = ReadPackage(ref json);
            }
            else if (json.ValueTextEquals("ranges"u8))
            {
                OsvRanges.Read(ref json, ranges, record);
            }
            else if (json.ValueTextEquals("versions"u8))
            {
                ReadVersions(ref json, versions, record);
            }
            else if (json.ValueTextEquals("severity"u8))
            {
                OsvSeverity.Read(ref json, vectors, record);
            }
            else if (json.ValueTextEquals("database_specific"u8))
            {
                ReadSpecifics(ref json, record);
            }
            else if (json.ValueTextEquals("ecosystem_specific"u8))
            {
                ReadSpecifics(ref json, record);
            }
            else
            {
                json.Skip();
            }
        }

        Add(record, HardenedImages.Ecosystem(ecosystem, purl), name, ranges, versions, vectors);
    }

    private static void Add(
        AdvisoryDraft record, string? ecosystem, string? name, List<AffectedRange> ranges, List<string> versions, List<string> vectors)
    {
        record.Count(1);
        if (string.IsNullOrWhiteSpace(ecosystem) || string.IsNullOrWhiteSpace(name))
        {
            return;
        }

        if (name.Length > FeedLimits.Name || ecosystem.Length > FeedLimits.Name)
        {
            record.Trim($"a package's name is longer than {FeedLimits.Name} characters");
            return;
        }

        if (ranges.Count == 0 && versions.Count == 0)
        {
            record.Trim("a package has neither versions nor ranges of versions");
            return;
        }

        var package = new AffectedPackage(Ecosystem.Parse(ecosystem), name, [.. ranges], [.. versions], [.. vectors]);
        record.Affected.Add(package);

        // Package URLs have Go's names in lower case, whatever the module's path is.
        if (ecosystem == "Go" && name.ToLowerInvariant() is var lower && lower != name)
        {
            record.Affected.Add(package with { Name = lower });
        }
    }

    private static (string? Ecosystem, string? Name, string? Purl) ReadPackage(ref Utf8JsonReader json)
    {
        string? ecosystem = null;
        string? name = null;
        string? purl = null;
        if (!JsonReading.EnterObject(ref json))
        {
            return default;
        }

        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("ecosystem"u8))
            {
                ecosystem = JsonReading.Text(ref json);
            }
            else if (json.ValueTextEquals("name"u8))
            {
                name = JsonReading.Text(ref json);
            }
            else if (json.ValueTextEquals("purl"u8))
            {
                purl = JsonReading.Text(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return (ecosystem, name, purl);
    }

    private static void ReadVersions(ref Utf8JsonReader json, List<string> versions, AdvisoryDraft record)
    {
        if (!JsonReading.EnterArray(ref json))
        {
            return;
        }

        while (JsonReading.NextElement(ref json))
        {
            record.Count(1);
            if (OsvRanges.Version(JsonReading.Element(ref json), record) is { } version)
            {
                versions.Add(version);
            }
        }
    }

    /// <summary>RustSec says here what kind of notice it is, and GitHub which weaknesses (<c>cwes[].cweId</c>); Debian its urgency.</summary>
    private static void ReadSpecifics(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        if (!JsonReading.EnterObject(ref json))
        {
            return;
        }

        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("informational"u8))
            {
                record.Unmaintained |= JsonReading.Text(ref json, longest: 64) == "unmaintained";
            }
            else if (json.ValueTextEquals("urgency"u8) || json.ValueTextEquals("severity"u8))
            {
                record.SeverityWord ??= JsonReading.Text(ref json, longest: 64);
            }
            else if (json.ValueTextEquals("cwes"u8))
            {
                ReadWeaknesses(ref json, record);
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
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            while (JsonReading.NextProperty(ref json))
            {
                if (json.ValueTextEquals("cweId"u8))
                {
                    record.Malware |= JsonReading.Text(ref json, longest: 64) == OsvSpecifics.MaliciousCode;
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }
}
