namespace OssRuntime.Model.Versions.Composer;

/// <summary>A text that is put together on the stack.</summary>
internal ref struct ComposerBuffer(Span<char> space)
{
    private readonly Span<char> _space = space;
    private int _length;

    /// <summary>What has been put together.</summary>
    internal readonly ReadOnlySpan<char> Text => _space[.._length];

    internal void Clear() => _length = 0;

    internal void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(_space[_length..]);
        _length += text.Length;
    }

    /// <summary>Appends a text in which everything but digits becomes a dot.</summary>
    internal void AppendDotted(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            _space[_length++] = char.IsAsciiDigit(c) ? c : '.';
        }
    }
}
