namespace OssRuntime.Inventory.Extractors.Text;

/// <summary>The lines of a text in UTF-8, without their ends (<c>\n</c> or <c>\r\n</c>) and without a byte order mark.</summary>
internal ref struct LineReader
{
    private ReadOnlySpan<byte> _rest;

    public LineReader(ReadOnlySpan<byte> text) => _rest = text.StartsWith("\uFEFF"u8) ? text[3..] : text;

    /// <summary>The line.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Goes to the next line; false after the last.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            Line = [];
            return false;
        }

        var end = _rest.IndexOf((byte)'\n');
        var line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? [] : _rest[(end + 1)..];
        Line = line.EndsWith("\r"u8) ? line[..^1] : line;
        Number++;
        return true;
    }
}
