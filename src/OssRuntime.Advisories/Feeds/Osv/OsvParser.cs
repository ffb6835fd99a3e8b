using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>Reads one document in the OSV schema 1.x in a single forward pass. What it does not know it skips.</summary>
internal static class OsvParser
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="FeedRecordException">It is no OSV record, or none that says anything about security.</exception>
    public static FeedAdvisory Parse(ReadOnlySpan<byte> document, string source)
    {
        var record = new AdvisoryDraft();
        try
        {
            var json = new Utf8JsonReader(document);
            if (!JsonReading.EnterObject(ref json))
            {
                throw new FeedRecordException("the document is no JSON object");
            }

            while (JsonReading.NextProperty(ref json))
            {
                ReadProperty(ref json, record);
            }
        }
        catch (JsonException exception)
        {
            throw new FeedRecordException(RecordDocuments.NoJson(exception.Message));
        }

        return record.Finish(source);
    }

    private static void ReadProperty(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        if (json.ValueTextEquals("id"u8))
        {
            record.Id = JsonReading.Text(ref json);
        }
        else if (json.ValueTextEquals("modified"u8))
        {
            record.Modified = JsonReading.Instant(ref json);
        }
        else if (json.ValueTextEquals("withdrawn"u8))
        {
            record.Withdrawn = JsonReading.Instant(ref json);
        }
        else if (json.ValueTextEquals("summary"u8))
        {
            record.Summary = JsonReading.Text(ref json);
        }
        else if (json.ValueTextEquals("details"u8))
        {
            record.Details = JsonReading.Text(ref json);
        }
        else if (json.ValueTextEquals("aliases"u8))
        {
            ReadIds(ref json, record.Aliases, record);
        }
        else if (json.ValueTextEquals("upstream"u8))
        {
            ReadIds(ref json, record.Upstream, record);
        }
        else if (json.ValueTextEquals("related"u8))
        {
            ReadIds(ref json, record.Related, record);
        }
        else if (json.ValueTextEquals("severity"u8))
        {
            OsvSeverity.Read(ref json, record.Vectors, record);
        }
        else if (json.ValueTextEquals("affected"u8))
        {
            OsvAffected.Read(ref json, record);
        }
        else if (json.ValueTextEquals("references"u8))
        {
            ReadReferences(ref json, record);
        }
        else if (json.ValueTextEquals("database_specific"u8))
        {
            OsvSpecifics.Read(ref json, record);
        }
        else
        {
            json.Skip();
        }
    }

    private static void ReadIds(ref Utf8JsonReader json, List<string> ids, AdvisoryDraft record)
    {
        if (!JsonReading.EnterArray(ref json))
        {
            return;
        }

        while (JsonReading.NextElement(ref json))
        {
            record.AddId(ids, JsonReading.Element(ref json));
        }
    }

    private static void ReadReferences(ref Utf8JsonReader json, AdvisoryDraft record)
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

            ReadReference(ref json, record);
        }
    }

    /// <summary>A reference of the type EVIDENCE is "a demonstration of the validity of a vulnerability claim" (OSV schema, references).</summary>
    private static void ReadReference(ref Utf8JsonReader json, AdvisoryDraft record)
    {
        string? address = null;
        var marked = false;
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("url"u8))
            {
                address = JsonReading.Text(ref json, longest: 1000);
            }
            else if (json.ValueTextEquals("type"u8))
            {
                json.Read();
                marked = json.TokenType == JsonTokenType.String && json.ValueTextEquals("EVIDENCE"u8);
                json.Skip();
            }
            else
            {
                json.Skip();
            }
        }

        record.AddReference(address, marked);
    }
}
