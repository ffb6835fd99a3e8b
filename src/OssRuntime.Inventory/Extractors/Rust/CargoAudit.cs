using System.IO.Compression;
using System.Text.Json;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Rust;

/// <summary>
/// What cargo-auditable stamps into a Rust program: JSON in zlib, in a section of its own (the project's PARSING.md). Packages that only built the
/// program are in the list and not in the program.
/// </summary>
internal static class CargoAudit
{
    private const int LargestJson = 8 << 20;

    /// <summary>The name of the section.</summary>
    public const string Section = ".dep-v0";

    /// <summary>Reads the section's content.</summary>
    public static void Report(Stream section, ExtractionContext context)
    {
        var json = new byte[64 << 10];
        var length = 0;
        try
        {
            using var inflated = new ZLibStream(section, CompressionMode.Decompress, leaveOpen: true);
            int read;
            while ((read = inflated.Read(json, length, json.Length - length)) > 0)
            {
                length += read;
                if (length > LargestJson)
                {
                    context.AddUnknown($"its list of Rust packages has more than {LargestJson} bytes");
                    return;
                }

                if (length == json.Length)
                {
                    Array.Resize(ref json, json.Length * 2);
                }
            }

            Parse(json.AsSpan(0, length), context);
        }
        catch (Exception e) when (e is InvalidDataException || JsonProblem.IsOne(e))
        {
            context.AddUnknown("its list of Rust packages is broken");
        }
    }

    private static void Parse(ReadOnlySpan<byte> text, ExtractionContext context)
    {
        var json = new Utf8JsonReader(text);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isPackages = json.ValueTextEquals("packages"u8);
            json.Read();
            if (!isPackages || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.StartObject)
            {
                CargoPackage.Read(ref json).Report(context);
            }
        }
    }
}
