using System.Buffers;
using System.Text.Json;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// Lets through of a JSON document (RFC 8259) only what a plan wants, while the bytes arrive: what is not wanted is passed over whatever its size, and costs no memory. Of
/// what is passed over only strings and brackets are looked at; what is let through is for a parser to judge.
/// <code>
///   {"uid":"1","object":{"data":"… 9 MB …","kind":"Pod"}}   with the plan {uid, object: {kind}}   becomes   {"uid":"1","object":{"kind":"Pod"}}
/// </code>
/// </summary>
/// <param name="plan">What is wanted.</param>
/// <param name="limit">How many bytes may be let through.</param>
public sealed class JsonSieve(JsonPlan plan, int limit)
{
    private const int LongestName = 512;
    private const int Deepest = 128;

    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringMarks = SearchValues.Create("\"\\"u8);
    private static readonly SearchValues<byte> ScalarEnds = SearchValues.Create(",]} \t\r\n"u8);

    private readonly ArrayBufferWriter<byte> _kept = new(1024);
    private readonly ArrayBufferWriter<byte> _name = new(64);
    private readonly Stack<Frame> _frames = new();
    private Next _next = Next.Value;
    private JsonPlan? _wanted = plan;
    private bool _broken;

    // What was let through until the limit, once it is reached.
    private byte[]? _cut;

    // A value that is let through or passed over as a whole: how deep it is open, and what of it is read.
    private (bool Keep, int Depth, bool Scalar, bool Text, bool Escaped) _whole;

    // Where the member or element begins that is not complete yet: what is cut ends before it.
    private int _wholeUntil;

    private enum Next
    {
        Value,
        FirstName,
        Name,
        InName,
        Colon,
        Comma,
        Whole,
        End,
    }

    /// <summary>True once the document is complete.</summary>
    public bool IsComplete => _next == Next.End && Problem is null;

    /// <summary>True once the document has ended, with or without a problem.</summary>
    public bool HasEnded => _next == Next.End;

    /// <summary>Why nothing more is let through: it is no JSON, or too much is wanted of it; null as long as all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>What was let through, as a whole document: of one that is not complete, or has a problem, all that was complete before.</summary>
    public ReadOnlyMemory<byte> Document => IsComplete ? _kept.WrittenMemory : _cut ?? UntilNow();

    /// <summary>Takes the next bytes and returns how many of them belong to the document: less than all once it has ended.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && _next != Next.End && !_broken)
        {
            at += _next switch
            {
                Next.Whole => Pass(bytes[at..]),
                Next.InName => Name(bytes[at..]),
                _ => Step(bytes[at]),
            };
        }

        return _broken ? bytes.Length : at;
    }

    private byte[] UntilNow() => [.. _kept.WrittenSpan[.._wholeUntil], .. _frames.Select(frame => frame.IsArray ? (byte)']' : (byte)'}')];

    // A byte of the frame; returns 0 where it is the first of a value.
    private int Step(byte read)
    {
        if (read is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            return 1;
        }

        switch (_next, read)
        {
            case (Next.FirstName or Next.Comma, (byte)'}') when !_frames.Peek().IsArray:
            case (Next.Comma, (byte)']') when _frames.Peek().IsArray:
            case (Next.Value, (byte)']') when _frames.TryPeek(out var open) && open is { IsArray: true, Any: false }:
                Keep([read]);
                _frames.Pop();
                Ended();
                return 1;
            case (Next.FirstName or Next.Name, (byte)'"'):
                _name.ResetWrittenCount();
                _whole.Escaped = false;
                _next = Next.InName;
                return 1;
            case (Next.Colon, (byte)':'):
                _next = Next.Value;
                return 1;
            case (Next.Comma, (byte)','):
                (_next, _wanted) = _frames.Peek().IsArray ? (Next.Value, _frames.Peek().Plan) : (Next.Name, null);
                return 1;
            case (Next.Value, not ((byte)',' or (byte)':' or (byte)'}' or (byte)']')):
                return Value(read);
            default:
                return Break("it is no JSON");
        }
    }

    private int Value(byte read)
    {
        if (_frames.TryPeek(out var frame) && frame.IsArray)
        {
            _wholeUntil = _kept.WrittenCount;
            Separate(frame);
        }

        if (_wanted?.Members is null || read is not ((byte)'{' or (byte)'['))
        {
            _whole = (_wanted is not null, 0, read is not ((byte)'{' or (byte)'[' or (byte)'"'), false, false);
            _next = Next.Whole;
            return 0;
        }

        if (_frames.Count == Deepest)
        {
            return Break($"it is nested more than {Deepest} deep");
        }

        Keep([read]);
        _wholeUntil = _kept.WrittenCount;
        _frames.Push(new Frame(_wanted, read == (byte)'['));
        _next = read == (byte)'[' ? Next.Value : Next.FirstName;
        return 1;
    }

    private int Name(ReadOnlySpan<byte> bytes)
    {
        // Servers write the names that are wanted as they are; what is escaped is read like any other text.
        var length = _whole.Escaped ? 1 : bytes.IndexOfAny(StringMarks) is var mark and >= 0 ? mark : bytes.Length;
        var escape = !_whole.Escaped && length < bytes.Length && bytes[length] == (byte)'\\';
        if (_whole.Escaped || escape || length == bytes.Length)
        {
            length += escape ? 1 : 0;
            _whole.Escaped = escape;
            // A name that is longer than any that is wanted need not be known to its end.
            _name.Write(bytes[..Math.Min(length, Math.Max(0, LongestName - _name.WrittenCount))]);
            return length;
        }

        _name.Write(bytes[..Math.Min(length, Math.Max(0, LongestName - _name.WrittenCount))]);
        var frame = _frames.Peek();
        var name = NameRead();
        _wanted = name is not null && frame.Plan.Members!.TryGetValue(name, out var member) ? member : null;
        if (_wanted is not null)
        {
            _wholeUntil = _kept.WrittenCount;
            Separate(frame);
            Keep([(byte)'"', .. _name.WrittenSpan, (byte)'"', (byte)':']);
        }

        _next = Next.Colon;
        return length + 1;
    }

    private string? NameRead()
    {
        if (_name.WrittenCount >= LongestName)
        {
            return null;
        }

        var reader = new Utf8JsonReader((byte[])[(byte)'"', .. _name.WrittenSpan, (byte)'"']);
        try
        {
            return reader.Read() ? reader.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Separate(Frame frame)
    {
        if (frame.Any)
        {
            Keep([(byte)',']);
        }

        frame.Any = true;
    }

    // Goes on in a value as a whole, to its end or to that of the bytes.
    private int Pass(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        var over = false;
        while (!over && at < bytes.Length)
        {
            at += _whole.Scalar ? Scalar(bytes[at..], ref over) : _whole.Text ? Text(bytes[at..], ref over) : Open(bytes[at..], ref over);
        }

        if (_whole.Keep)
        {
            Keep(bytes[..at]);
        }

        if (over)
        {
            Ended();
        }

        return at;
    }

    private static int Scalar(ReadOnlySpan<byte> bytes, ref bool over)
    {
        var end = bytes.IndexOfAny(ScalarEnds);
        over = end >= 0;
        return over ? end : bytes.Length;
    }

    private int Text(ReadOnlySpan<byte> bytes, ref bool over)
    {
        if (_whole.Escaped)
        {
            _whole.Escaped = false;
            return 1;
        }

        var end = bytes.IndexOfAny(StringMarks);
        if (end < 0)
        {
            return bytes.Length;
        }

        _whole.Escaped = bytes[end] == (byte)'\\';
        _whole.Text = _whole.Escaped;
        over = !_whole.Text && _whole.Depth == 0;
        return end + 1;
    }

    private int Open(ReadOnlySpan<byte> bytes, ref bool over)
    {
        var mark = bytes.IndexOfAny(Marks);
        if (mark < 0)
        {
            return bytes.Length;
        }

        switch (bytes[mark])
        {
            case (byte)'"':
                _whole.Text = true;
                break;
            case (byte)'{' or (byte)'[':
                _whole.Depth++;
                break;
            default:
                over = --_whole.Depth == 0;
                break;
        }

        return mark + 1;
    }

    private int Break(string problem)
    {
        _broken = true;
        Problem ??= problem;
        return 1;
    }

    private void Ended()
    {
        _wholeUntil = _kept.WrittenCount;
        _next = _frames.Count == 0 ? Next.End : Next.Comma;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_cut is null && _kept.WrittenCount + bytes.Length > limit)
        {
            _cut = UntilNow();
            Problem ??= $"more than {limit} bytes of it are needed";
        }

        if (_cut is null)
        {
            _kept.Write(bytes);
        }
    }

    private sealed class Frame(JsonPlan plan, bool isArray)
    {
        public JsonPlan Plan => plan;

        public bool IsArray => isArray;

        public bool Any { get; set; }
    }
}
