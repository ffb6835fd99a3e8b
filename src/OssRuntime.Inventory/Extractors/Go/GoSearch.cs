using System.Buffers;
using System.Collections.Immutable;
using OssRuntime.Inventory.Extractors.Executables;

namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>
/// Finds Go's build info in the data that a program may change (debug/buildinfo): 14 bytes of magic at a multiple of 16, the size of a pointer,
/// flags; since Go 1.18 version and modules follow at byte 32, each with its length before it, in older programs two pointers to them.
/// </summary>
internal sealed class GoSearch(ImmutableArray<ProgramSegment> segments) : IProgramSearch
{
    private const int HeaderLength = 32;
    private const int Alignment = 16;
    private const int Inline = 2;
    private const int LargestInfo = 16 << 20;

    private readonly ArrayBufferWriter<byte> _info = new();
    private long _start = -1;
    private string? _problem;
    private bool _isDone;

    /// <summary>What was found, or null.</summary>
    public GoBuildInfo? Found { get; private set; }

    /// <summary>Where there is build info of the older form; negative where there is none.</summary>
    public long PointersAt { get; private set; } = -1;

    /// <summary>Why build info that is there could not be read, or null.</summary>
    public string? Problem => _problem ?? (_start >= 0 && !_isDone ? "its Go build info is cut off" : null);

    /// <summary>The first bytes of build info.</summary>
    private static ReadOnlySpan<byte> Magic =>
        [0xFF, (byte)' ', (byte)'G', (byte)'o', (byte)' ', (byte)'b', (byte)'u', (byte)'i', (byte)'l', (byte)'d', (byte)'i', (byte)'n', (byte)'f', (byte)':'];

    public long? NextWanted(long from)
    {
        if (_isDone)
        {
            return null;
        }

        if (_start >= 0)
        {
            return _start + _info.WrittenCount;
        }

        foreach (var segment in segments)
        {
            if (segment.IsWritable && segment.End > from)
            {
                return Math.Max(from, segment.Offset);
            }
        }

        return null;
    }

    public void Look(long position, ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (_isDone)
        {
            return;
        }

        if (_start >= 0)
        {
            Collect(bytes[(int)Math.Min(bytes.Length, _start + _info.WrittenCount - position)..]);
            return;
        }

        for (var at = bytes.IndexOf(Magic); at >= 0;)
        {
            if ((position + at) % Alignment == 0 && IsWritable(position + at) && Begin(position + at, bytes[at..]))
            {
                return;
            }

            var next = bytes[(at + 1)..].IndexOf(Magic);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }

    private bool IsWritable(long offset)
    {
        foreach (var segment in segments)
        {
            if (segment.IsWritable && offset >= segment.Offset && offset < segment.End)
            {
                return true;
            }
        }

        return false;
    }

    private bool Begin(long offset, ReadOnlySpan<byte> info)
    {
        if (info.Length <= HeaderLength)
        {
            return false;
        }

        if ((info[15] & Inline) == 0)
        {
            if (info[14] is not (4 or 8))
            {
                return false;
            }

            PointersAt = offset;
            _isDone = true;
            return true;
        }

        if (!TryText(info, HeaderLength, out var version, out _) || !GoBuildInfo.IsToolchain(version))
        {
            // The magic as a text of some program that reads others.
            return false;
        }

        _start = offset;
        if (!TryFind(info))
        {
            Collect(info);
        }

        return true;
    }

    private void Collect(ReadOnlySpan<byte> more)
    {
        _info.Write(more);
        if (!TryFind(_info.WrittenSpan) && _info.WrittenCount > LargestInfo)
        {
            _problem = $"its Go build info has more than {LargestInfo} bytes";
            _isDone = true;
        }
    }

    private bool TryFind(ReadOnlySpan<byte> info)
    {
        if (TryText(info, HeaderLength, out var version, out var next) && TryText(info, next, out var modules, out _))
        {
            Found = GoBuildInfo.Of(version, modules);
            _isDone = true;
        }

        return _isDone;
    }

    /// <summary>A text with its length before it as a variable-length number (encoding/binary, <c>Uvarint</c>).</summary>
    private static bool TryText(ReadOnlySpan<byte> bytes, int at, out ReadOnlySpan<byte> text, out int next)
    {
        ulong length = 0;
        text = [];
        next = 0;
        for (var shift = 0; at < bytes.Length && shift < 63; shift += 7)
        {
            var b = bytes[at++];
            length |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                if (length > (ulong)(bytes.Length - at))
                {
                    return false;
                }

                text = bytes.Slice(at, (int)length);
                next = at + (int)length;
                return true;
            }
        }

        return false;
    }
}
