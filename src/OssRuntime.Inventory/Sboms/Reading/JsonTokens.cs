using System.Buffers;
using System.Text.Json;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>
/// The tokens of a JSON document of any size, one after the other, with only as much of it in memory as its longest value takes. Nesting costs
/// one bit a level and no stack.
/// </summary>
internal sealed class JsonTokens : IDisposable
{
    private const int FirstBuffer = 64 << 10;
    private const int DeepestNesting = 1 << 20;

    private readonly Stream _stream;
    private readonly int _longestValue;
    private readonly CancellationToken _cancellation;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DeepestNesting, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    private int _start;
    private int _end;
    private int _valueStart;
    private int _valueLength;
    private bool _isAtEnd;

    /// <summary>Begins before the first token.</summary>
    /// <param name="stream">UTF-8 without a byte order mark.</param>
    /// <param name="longestValue">Bytes that one value may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public JsonTokens(Stream stream, int longestValue, CancellationToken cancellation)
    {
        _stream = stream;
        _longestValue = longestValue;
        _cancellation = cancellation;
    }

    /// <summary>The kind of the token.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>True at the start of an object.</summary>
    public bool IsObject => Type == JsonTokenType.StartObject;

    /// <summary>How deep it is: 0 for the document's outermost brackets.</summary>
    public int Depth { get; private set; }

    /// <summary>Goes to the next token; false at the document's end.</summary>
    /// <exception cref="SbomBrokenException">The document is not JSON, breaks off, or has a value that is too long.</exception>
    public bool Read()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
            bool isRead;
            try
            {
                isRead = reader.Read();
            }
            catch (JsonException e)
            {
                throw new SbomBrokenException($"it is not valid JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on", e);
            }

            if (isRead)
            {
                Type = reader.TokenType;
                Depth = reader.CurrentDepth;
                _valueLength = reader.ValueSpan.Length;
                _valueStart = _start + (int)reader.TokenStartIndex + (Type is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0);
                _state = reader.CurrentState;
                _start += (int)reader.BytesConsumed;
                return true;
            }

            _state = reader.CurrentState;
            _start += (int)reader.BytesConsumed;
            if (_isAtEnd)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>The text of a string or a property's name; null for any other value, and for one that is no Unicode.</summary>
    public string? Text()
    {
        if (Type is not (JsonTokenType.String or JsonTokenType.PropertyName))
        {
            return null;
        }

        // The quotes are still around the value.
        var reader = new Utf8JsonReader(_buffer.AsSpan(_valueStart - 1, _valueLength + 2));
        try
        {
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Opens the document's object.</summary>
    /// <exception cref="SbomBrokenException">The document is not a JSON object.</exception>
    public void Begin()
    {
        if (!Read() || Type != JsonTokenType.StartObject)
        {
            throw new SbomBrokenException("it is not a JSON object");
        }
    }

    /// <summary>Goes from a property's name to its value, of whatever kind; what is opened by it must be read or skipped.</summary>
    public void Enter() => ReadOn();

    /// <summary>
    /// Goes to the next property of the object that is open; false at its end. One of <see cref="NextText"/>, <see cref="Pass"/>,
    /// <see cref="EnterObject"/> and <see cref="EnterArray"/> must follow.
    /// </summary>
    public bool NextProperty()
    {
        ReadOn();
        return Type == JsonTokenType.PropertyName;
    }

    /// <summary>Goes to the next object of the array that is open and opens it; anything else is passed over. False at the array's end.</summary>
    public bool NextObject()
    {
        while (true)
        {
            ReadOn();
            if (Type is JsonTokenType.StartObject or JsonTokenType.EndArray)
            {
                return Type == JsonTokenType.StartObject;
            }

            Skip();
        }
    }

    /// <summary>Goes to the next element of the array that is open; false at its end.</summary>
    public bool NextElement()
    {
        ReadOn();
        return Type != JsonTokenType.EndArray;
    }

    /// <summary>Goes to the next text of the array that is open; anything else is passed over. Null at the array's end.</summary>
    public string? NextElementText()
    {
        while (true)
        {
            ReadOn();
            if (Type == JsonTokenType.EndArray)
            {
                return null;
            }

            if (Text() is { } text)
            {
                return text;
            }

            Skip();
        }
    }

    /// <summary>Opens the property's value where it is an object; any other value is passed over.</summary>
    public bool EnterObject() => Enter(JsonTokenType.StartObject);

    /// <summary>Opens the property's value where it is an array; any other value is passed over.</summary>
    public bool EnterArray() => Enter(JsonTokenType.StartArray);

    /// <summary>Passes over the property's value.</summary>
    public void Pass() => NextText();

    /// <summary>The property's value; null for one that is no text, which is passed over.</summary>
    public string? NextText()
    {
        ReadOn();
        var text = Text();
        Skip();
        return text;
    }

    /// <summary>Two texts of the object that is open, to its end.</summary>
    public (string? First, string? Second) ReadPair(string first, string second)
    {
        string? one = null, two = null;
        while (NextProperty())
        {
            var name = Text();
            if (name == first)
            {
                one = NextText();
            }
            else if (name == second)
            {
                two = NextText();
            }
            else
            {
                Pass();
            }
        }

        return (one, two);
    }

    /// <summary>Goes to the end of the object or array that was just opened.</summary>
    public void Skip()
    {
        if (Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = Depth;
        do
        {
            ReadOn();
        }
        while (Depth > depth);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Enter(JsonTokenType start)
    {
        ReadOn();
        if (Type == start)
        {
            return true;
        }

        Skip();
        return false;
    }

    private void ReadOn()
    {
        if (!Read())
        {
            throw new SbomBrokenException("it breaks off");
        }
    }

    private void Fill()
    {
        _cancellation.ThrowIfCancellationRequested();
        var kept = _end - _start;
        if (kept >= _longestValue)
        {
            throw new SbomBrokenException($"a value has more than {_longestValue} bytes");
        }

        if (kept == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(_start, kept).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        (_start, _end) = (0, kept);
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }
}
