using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OssRuntime.Cli.Manifests;

/// <summary>
/// Kubernetes manifests as JSON, which is what an API server makes of them: YAML or JSON, one document or many, lists taken apart. Scalars are read by
/// YAML's core schema. Aliases are never expanded, for they could grow without end.
/// </summary>
internal static class YamlJson
{
    private const int DeepestNesting = 200;
    private const long LargestFile = 64 << 20;
    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>The objects of a file, or of every manifest below a folder in the order of the names, each with the file it is from.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not valid YAML; the message names file and line.</exception>
    public static IEnumerable<(string File, JsonElement Item)> Read(string path) => Read(path, withoutAliases: false);

    /// <summary>The same for whoever does not need what aliases stand for: each becomes null.</summary>
    /// <exception cref="IOException">The path cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not valid YAML; the message names file and line.</exception>
    public static IEnumerable<(string File, JsonElement Item)> ReadWithoutAliases(string path) => Read(path, withoutAliases: true);

    private static IEnumerable<(string File, JsonElement Item)> Read(string path, bool withoutAliases)
    {
        IEnumerable<string> files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(file => Extensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
            : [path];
        return files.SelectMany(file => ReadFile(file, withoutAliases).SelectMany(Items).Select(item => (file, item)));
    }

    /// <summary>The objects of a text.</summary>
    /// <exception cref="InvalidDataException">It is not valid YAML; the message names the line.</exception>
    public static IEnumerable<(string File, JsonElement Item)> Read(string name, TextReader text) => ReadText(name, text, withoutAliases: false).SelectMany(Items).Select(item => (name, item));

    private static List<JsonElement> ReadFile(string file, bool withoutAliases)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
        {
            throw new InvalidDataException($"{file}: is larger than {LargestFile >> 20} MiB");
        }

        using var reader = File.OpenText(file);
        return ReadText(file, reader, withoutAliases);
    }

    private static List<JsonElement> ReadText(string file, TextReader reader, bool withoutAliases)
    {
        try
        {
            return Documents(reader, withoutAliases);
        }
        catch (YamlException error)
        {
            throw new InvalidDataException($"{file}, line {error.Start.Line}: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file}: {error.Message}", error);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement item) =>
        item.Text("kind") is { } kind && kind.EndsWith("List", StringComparison.Ordinal) && item.At("items") is { ValueKind: JsonValueKind.Array } items
            ? items.EnumerateArray()
            : [item];

    private static List<JsonElement> Documents(TextReader reader, bool withoutAliases)
    {
        var documents = new List<JsonElement>();
        var parser = new Parser(reader);
        parser.Consume<StreamStart>();
        while (!parser.Accept<StreamEnd>(out _))
        {
            parser.Consume<DocumentStart>();
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes))
            {
                Write(parser, json, 0, withoutAliases);
            }

            parser.Consume<DocumentEnd>();
            using var document = JsonDocument.Parse(bytes.ToArray(), new JsonDocumentOptions { MaxDepth = DeepestNesting + 10 });
            if (document.RootElement.ValueKind != JsonValueKind.Null)
            {
                documents.Add(document.RootElement.Clone());
            }
        }

        return documents;
    }

    private static void Write(Parser parser, Utf8JsonWriter json, int depth, bool withoutAliases)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {DeepestNesting}");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            WriteScalar(scalar, json);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            json.WriteStartArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                Write(parser, json, depth + 1, withoutAliases);
            }

            json.WriteEndArray();
        }
        else if (parser.TryConsume<MappingStart>(out _))
        {
            json.WriteStartObject();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                json.WritePropertyName(Key(parser));
                Write(parser, json, depth + 1, withoutAliases);
            }

            json.WriteEndObject();
        }
        else if (withoutAliases && parser.TryConsume<AnchorAlias>(out _))
        {
            json.WriteNullValue();
        }
        else
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, "it uses a YAML alias (*name); write out what the alias stands for");
        }
    }

    private static string Key(Parser parser) =>
        parser.TryConsume<Scalar>(out var key) ? key.Value : throw new YamlException(parser.Current!.Start, parser.Current.End, "a key must be a text");

    private static void WriteScalar(Scalar scalar, Utf8JsonWriter json)
    {
        if (scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty)
        {
            json.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                json.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                json.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                json.WriteBooleanValue(false);
                break;
            case var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                json.WriteNumberValue(number);
                break;
            case var text when char.IsAsciiDigit(text[^1]) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }
}
