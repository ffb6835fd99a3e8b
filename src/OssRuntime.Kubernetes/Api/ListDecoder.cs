using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// Reads a list object by object while it arrives: no more of it is held than the object in hand. A server that lists from its watch cache
/// sends everything as one page, 740 MB for 100,000 pods.
/// </summary>
internal sealed class ListDecoder<T>(JsonTypeInfo<T> typeInfo)
    where T : class, IResource
{
    private readonly List<T> _items = [];
    private readonly List<UndecodableObject> _undecodable = [];
    private JsonReaderState _state = new(LargeObject.Depth);
    private Position _position = Position.BeforeList;
    private ListMeta _metadata = new();

    // The item that is passed over because it is too large.
    private JsonSieve? _passedOver;

    private enum Position
    {
        BeforeList,
        BetweenMembers,
        Metadata,
        Items,
        BetweenItems,
        OtherMember,
        AfterList,
    }

    public ListPage<T> Page =>
        new(_items, _metadata.ResourceVersion, string.IsNullOrEmpty(_metadata.Continue) ? null : _metadata.Continue, _undecodable);

    /// <summary>Reads as much as it can and returns how many bytes are done with.</summary>
    /// <exception cref="JsonException">This is no list.</exception>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var passed = _passedOver is null ? 0 : GoOnPassing(bytes);
        return _passedOver is null ? passed + Parse(bytes[passed..]) : passed;
    }

    /// <summary>Begins to pass over the item in hand, which is larger than any object can be, and returns how many bytes are done with.</summary>
    /// <exception cref="InvalidDataException">What is so large is no item.</exception>
    public int PassOver(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf((byte)'{');
        if (_position != Position.BetweenItems || start < 0)
        {
            throw new InvalidDataException($"the server sent more than {bytes.Length} bytes for one object");
        }

        // The reader goes on as if the item were null; before it stands a comma at most.
        var reader = new Utf8JsonReader((byte[])[.. bytes[..start], .. "null "u8], isFinalBlock: false, _state);
        if (!reader.Read())
        {
            throw new JsonException("a list was expected, and an item begins where none can");
        }

        _state = reader.CurrentState;
        _passedOver = new JsonSieve(LargeObject.Plan, LargeObject.Kept);
        return start + GoOnPassing(bytes[start..]);
    }

    private int GoOnPassing(ReadOnlySpan<byte> bytes)
    {
        var passed = _passedOver!.Write(bytes);
        if (_passedOver.HasEnded)
        {
            _undecodable.Add(new UndecodableObject(MetadataReader.TryReadKey(_passedOver.Document.Span), LargeObject.Reason));
            _passedOver = null;
        }

        return passed;
    }

    private int Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, _state);
        var done = 0L;
        while (_position != Position.AfterList)
        {
            var here = reader;
            if (!Step(ref reader, bytes))
            {
                reader = here;
                break;
            }

            done = reader.BytesConsumed;
        }

        _state = reader.CurrentState;
        return (int)done;
    }

    /// <summary>Checks that the stream ended where the list did.</summary>
    /// <exception cref="IOException">It was cut.</exception>
    public void End()
    {
        if (_position != Position.AfterList)
        {
            throw new IOException("the list was cut before its end");
        }
    }

    // One step: a token of the frame, or one whole value. False if it is not all there yet.
    private bool Step(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (_position)
        {
            case Position.BeforeList:
                Expect(reader.TokenType, JsonTokenType.StartObject);
                _position = Position.BetweenMembers;
                return true;
            case Position.BetweenMembers when reader.TokenType == JsonTokenType.EndObject:
                _position = Position.AfterList;
                return true;
            case Position.BetweenMembers:
                _position = reader.ValueTextEquals("items"u8) ? Position.Items
                    : reader.ValueTextEquals("metadata"u8) ? Position.Metadata
                    : Position.OtherMember;
                return true;
            case Position.Items when reader.TokenType == JsonTokenType.StartArray:
                _position = Position.BetweenItems;
                return true;
            case Position.Items:
                // A list without objects may come as null.
                Expect(reader.TokenType, JsonTokenType.Null);
                _position = Position.BetweenMembers;
                return true;
            case Position.BetweenItems when reader.TokenType == JsonTokenType.EndArray:
                _position = Position.BetweenMembers;
                return true;
            default:
                return TryValue(ref reader, bytes);
        }
    }

    private bool TryValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes)
    {
        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        var value = bytes[start..(int)reader.BytesConsumed];
        if (_position == Position.BetweenItems)
        {
            ReadItem(value);
            return true;
        }

        if (_position == Position.Metadata)
        {
            _metadata = JsonSerializer.Deserialize(value, ApiJsonContext.Default.ListMeta) ?? new ListMeta();
        }

        _position = Position.BetweenMembers;
        return true;
    }

    private void ReadItem(ReadOnlySpan<byte> value)
    {
        try
        {
            if (JsonSerializer.Deserialize(value, typeInfo) is { } item)
            {
                _items.Add(item);
                return;
            }

            _undecodable.Add(new UndecodableObject(null, "an item is null"));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            _undecodable.Add(new UndecodableObject(MetadataReader.TryReadKey(value), exception.Message));
        }
    }

    private static void Expect(JsonTokenType actual, JsonTokenType expected)
    {
        if (actual != expected)
        {
            throw new JsonException($"a list was expected, and there is {actual} instead of {expected}");
        }
    }
}
