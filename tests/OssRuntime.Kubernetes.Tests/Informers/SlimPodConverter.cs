using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Tests.Informers;

/// <summary>Reads the few members wanted and skips the rest. The runtime decodes one object of a kind at a time, so what is shared needs no lock here.</summary>
public sealed class SlimPodConverter : JsonConverter<SlimPod>
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _shared = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    private readonly List<string> _images = [];

    public override SlimPod Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? @namespace = null;
        var name = "";
        var uid = Guid.Empty;
        ulong version = 0;
        _images.Clear();
        while (Member(ref reader))
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                while (Member(ref reader))
                {
                    if (reader.ValueTextEquals("name"u8))
                    {
                        reader.Read();
                        name = reader.GetString()!;
                    }
                    else if (reader.ValueTextEquals("namespace"u8))
                    {
                        reader.Read();
                        @namespace = Shared(ref reader);
                    }
                    else if (reader.ValueTextEquals("uid"u8))
                    {
                        reader.Read();
                        uid = reader.GetGuid();
                    }
                    else if (reader.ValueTextEquals("resourceVersion"u8))
                    {
                        reader.Read();
                        version = Utf8Parser.TryParse(reader.ValueSpan, out ulong number, out _) ? number : throw new JsonException("no number");
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                reader.Read();
                while (Member(ref reader))
                {
                    ReadStatuses(ref reader);
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return new SlimPod(@namespace, name, uid, version, [.. _images]);
    }

    public override void Write(Utf8JsonWriter writer, SlimPod value, JsonSerializerOptions options) => throw new NotSupportedException();

    private void ReadStatuses(ref Utf8JsonReader reader)
    {
        if (!reader.ValueTextEquals("containerStatuses"u8))
        {
            reader.Skip();
            return;
        }

        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            while (Member(ref reader))
            {
                if (reader.ValueTextEquals("imageID"u8))
                {
                    reader.Read();
                    _images.Add(Shared(ref reader));
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static bool Member(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private string Shared(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[256];
        var found = text[..Encoding.UTF8.GetChars(reader.ValueSpan, text)];
        if (!_shared.TryGetValue(found, out var shared))
        {
            _shared.Add(found);
            _shared.TryGetValue(found, out shared);
        }

        return shared!;
    }
}
