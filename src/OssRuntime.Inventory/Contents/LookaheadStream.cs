namespace OssRuntime.Inventory.Contents;

/// <summary>A stream whose next bytes can be looked at where they lie, so that what is only gone over is never copied.</summary>
internal abstract class LookaheadStream : ReadOnlyStream
{
    /// <summary>The next bytes without taking them, as many as there are at hand; none at the end. They stay where they are until the call after the last of them is taken.</summary>
    public abstract ReadOnlySpan<byte> Buffered();

    /// <summary>Takes bytes of <see cref="Buffered"/>.</summary>
    public abstract void Advance(int count);

    public override int Read(Span<byte> buffer)
    {
        var bytes = Buffered();
        var count = Math.Min(buffer.Length, bytes.Length);
        bytes[..count].CopyTo(buffer);
        Advance(count);
        return count;
    }

    public override long Skip(long count)
    {
        var left = count;
        while (left > 0 && Buffered() is { IsEmpty: false } bytes)
        {
            var taken = (int)Math.Min(left, bytes.Length);
            Advance(taken);
            left -= taken;
        }

        return count - left;
    }
}
