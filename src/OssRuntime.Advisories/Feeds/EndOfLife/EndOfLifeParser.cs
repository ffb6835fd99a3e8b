using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace OssRuntime.Advisories.Feeds.EndOfLife;

/// <summary>Reads products of endoflife.date's API v1 (schema 1.x): <c>{"result": product}</c> or <c>{"result": [product…]}</c>.</summary>
internal static class EndOfLifeParser
{
    private const int LongestName = 200;

    /// <summary>Gives every product of a document to a sink; one without name or cycles is skipped.</summary>
    public static void Read(byte[] document, string file, IFeedSink sink)
    {
        var json = new Utf8JsonReader(document);
        if (!JsonReading.EnterObject(ref json))
        {
            throw new FeedFileException("the document is no JSON object");
        }

        while (JsonReading.NextProperty(ref json))
        {
            if (!json.ValueTextEquals("result"u8))
            {
                json.Skip();
                continue;
            }

            json.Read();
            if (json.TokenType == JsonTokenType.StartObject)
            {
                Give(ReadProduct(ref json), file, sink);
            }
            else if (json.TokenType == JsonTokenType.StartArray)
            {
                ReadProducts(ref json, file, sink);
            }
            else
            {
                throw new FeedFileException("the document has no products");
            }
        }
    }

    private static void ReadProducts(ref Utf8JsonReader json, string file, IFeedSink sink)
    {
        for (var number = 1; JsonReading.NextElement(ref json); number++)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                Give(ReadProduct(ref json), $"{file} entry {number}", sink);
            }
            else
            {
                json.Skip();
                sink.Skip($"{file} entry {number}", "the entry is no product");
            }
        }
    }

    private static void Give(LifecycleProduct product, string where, IFeedSink sink)
    {
        if (product.Name.Length == 0 || product.Cycles.IsEmpty)
        {
            sink.Skip(where, "the product has no name or no release cycles");
            return;
        }

        sink.AcceptProduct(product);
    }

    private static LifecycleProduct ReadProduct(ref Utf8JsonReader json)
    {
        var name = "";
        var system = false;
        ImmutableArray<string> aliases = [];
        ImmutableArray<string> identifiers = [];
        ImmutableArray<ReleaseCycle> cycles = [];
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("name"u8))
            {
                name = JsonReading.Text(ref json, LongestName) ?? "";
            }
            else if (json.ValueTextEquals("category"u8))
            {
                system = JsonReading.Text(ref json, LongestName) == "os";
            }
            else if (json.ValueTextEquals("aliases"u8))
            {
                aliases = ReadTexts(ref json);
            }
            else if (json.ValueTextEquals("identifiers"u8))
            {
                identifiers = ReadIdentifiers(ref json);
            }
            else if (json.ValueTextEquals("releases"u8))
            {
                cycles = ReadCycles(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return new LifecycleProduct(name, aliases, system, identifiers, cycles);
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader json)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        if (JsonReading.EnterArray(ref json))
        {
            while (JsonReading.NextElement(ref json))
            {
                if (JsonReading.Element(ref json, LongestName) is { Length: > 0 } text)
                {
                    texts.Add(text);
                }
            }
        }

        return texts.ToImmutable();
    }

    private static ImmutableArray<string> ReadIdentifiers(ref Utf8JsonReader json)
    {
        var identifiers = ImmutableArray.CreateBuilder<string>();
        if (!JsonReading.EnterArray(ref json))
        {
            return [];
        }

        while (JsonReading.NextElement(ref json))
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
                continue;
            }

            var (type, id) = ReadIdentifier(ref json);
            if (type is not null && id is not null)
            {
                identifiers.Add($"{type}:{id}");
            }
        }

        return identifiers.ToImmutable();
    }

    private static (string? Type, string? Id) ReadIdentifier(ref Utf8JsonReader json)
    {
        string? type = null;
        string? id = null;
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("type"u8))
            {
                type = JsonReading.Text(ref json, LongestName);
            }
            else if (json.ValueTextEquals("id"u8))
            {
                id = JsonReading.Text(ref json, 1000);
            }
            else
            {
                json.Skip();
            }
        }

        return (type, id);
    }

    private static ImmutableArray<ReleaseCycle> ReadCycles(ref Utf8JsonReader json)
    {
        var cycles = ImmutableArray.CreateBuilder<ReleaseCycle>();
        if (!JsonReading.EnterArray(ref json))
        {
            return [];
        }

        while (JsonReading.NextElement(ref json))
        {
            if (json.TokenType != JsonTokenType.StartObject)
            {
                json.Skip();
            }
            else if (ReadCycle(ref json) is { Name.Length: > 0 } cycle)
            {
                cycles.Add(cycle);
            }
        }

        return cycles.ToImmutable();
    }

    private static ReleaseCycle ReadCycle(ref Utf8JsonReader json)
    {
        var cycle = default(ReleaseCycle) with { Name = "" };
        while (JsonReading.NextProperty(ref json))
        {
            if (json.ValueTextEquals("name"u8))
            {
                cycle = cycle with { Name = JsonReading.Text(ref json, LongestName) ?? "" };
            }
            else if (json.ValueTextEquals("codename"u8))
            {
                cycle = cycle with { Codename = JsonReading.Text(ref json, LongestName) };
            }
            else if (json.ValueTextEquals("eoasFrom"u8))
            {
                cycle = cycle with { ActiveSupportEnds = ReadDay(ref json) };
            }
            else if (json.ValueTextEquals("isEoas"u8))
            {
                cycle = cycle with { ActiveSupportEnded = ReadTruth(ref json) };
            }
            else if (json.ValueTextEquals("eolFrom"u8))
            {
                cycle = cycle with { EndOfLife = ReadDay(ref json) };
            }
            else if (json.ValueTextEquals("isEol"u8))
            {
                cycle = cycle with { Ended = ReadTruth(ref json) };
            }
            else if (json.ValueTextEquals("eoesFrom"u8))
            {
                cycle = cycle with { ExtendedSupportEnds = ReadDay(ref json) };
            }
            else
            {
                json.Skip();
            }
        }

        return cycle;
    }

    private static DateOnly? ReadDay(ref Utf8JsonReader json) =>
        DateOnly.TryParseExact(JsonReading.Text(ref json, 32), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool ReadTruth(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
        return json.TokenType == JsonTokenType.True;
    }
}
