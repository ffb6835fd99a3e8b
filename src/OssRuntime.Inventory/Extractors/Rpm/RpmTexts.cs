namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>The texts of one header entry, each ended by a zero.</summary>
internal ref struct RpmTexts(ReadOnlySpan<byte> data, uint count)
{
    private ReadOnlySpan<byte> _rest = data;
    private uint _left = count;

    /// <summary>The text.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Goes to the next one; false after the last, and where the data end before.</summary>
    public bool MoveNext()
    {
        if (_left == 0 || _rest.IsEmpty)
        {
            return false;
        }

        Current = RpmHeader.UpToZero(_rest);
        _rest = _rest[Math.Min(_rest.Length, Current.Length + 1)..];
        _left--;
        return true;
    }
}
