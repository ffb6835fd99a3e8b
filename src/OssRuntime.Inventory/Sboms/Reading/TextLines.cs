using System.Text;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>The lines of a text of any size. What a line has beyond the longest one is dropped: only prose is that long.</summary>
internal sealed class TextLines(TextReader text, int longestLine, CancellationToken cancellation)
{
    private readonly char[] _buffer = new char[16 << 10];
    private readonly StringBuilder _line = new();
    private int _start;
    private int _end;

    /// <summary>The line, without its end.</summary>
    public string Line { get; private set; } = "";

    /// <summary>Goes to the next line; false after the last.</summary>
    public bool MoveNext()
    {
        _line.Clear();
        while (true)
        {
            if (_start == _end && !Fill())
            {
                Line = _line.ToString();
                return _line.Length > 0;
            }

            var rest = _buffer.AsSpan(_start, _end - _start);
            var end = rest.IndexOf('\n');
            var part = end < 0 ? rest : rest[..end];
            _line.Append(part[..Math.Min(part.Length, longestLine - _line.Length)]);
            _start += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                Line = _line.ToString().TrimEnd('\r');
                return true;
            }
        }
    }

    private bool Fill()
    {
        cancellation.ThrowIfCancellationRequested();
        (_start, _end) = (0, text.Read(_buffer, 0, _buffer.Length));
        return _end > 0;
    }
}
