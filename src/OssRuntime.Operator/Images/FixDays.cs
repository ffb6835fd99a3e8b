using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using OssRuntime.Model.Findings;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Since when the fixes of an image's findings are known: the earliest day on which this cluster saw the fix, or on which the advisory that names it was last
/// changed as it stood then. Publishers touch records again and again, and each time the advisory alone would make a fix look new. It is kept in the
/// ImageInventory, eight bytes a fix: six of a hash of flaw, package and version, two of the day.
/// </summary>
internal sealed class FixDays
{
    /// <summary>Nothing is known.</summary>
    public static readonly FixDays None = new([]);

    private const int Entry = 8;

    // Where all of an image's findings were fixed at once the text stays below a tenth of what an object may take.
    private const int Most = 2048;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private readonly Dictionary<ulong, ushort> _days;

    private FixDays(Dictionary<ulong, ushort> days) => _days = days;

    /// <summary>Reads what <see cref="Write"/> wrote; from an invalid text nothing is known.</summary>
    public static FixDays Read(string? text)
    {
        var bytes = new byte[Most * Entry];
        if (string.IsNullOrEmpty(text) || !Convert.TryFromBase64String(text, bytes, out var length) || length % Entry != 0)
        {
            return None;
        }

        var days = new Dictionary<ulong, ushort>();
        for (var at = 0; at < length; at += Entry)
        {
            var packed = BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at));
            days[packed >> 16] = (ushort)packed;
        }

        return new FixDays(days);
    }

    /// <summary>
    /// What is known after a look at the findings. A fix that is no longer named is remembered as long as there is room: when it is back it is not new. Another
    /// version as the fix of the same flaw is another fix.
    /// </summary>
    /// <param name="findings">The findings, most pressing first.</param>
    /// <param name="today">The day of the look.</param>
    /// <param name="bytes">The room that the text may take.</param>
    public FixDays After(ImmutableArray<Finding> findings, DateOnly today, int bytes)
    {
        var most = Math.Min(Most, bytes / 4 * 3 / Entry);
        var days = new Dictionary<ulong, ushort>();
        foreach (var finding in findings)
        {
            if (finding.FixedIn is null || days.Count >= most)
            {
                continue;
            }

            var since = Number(finding.FixKnownOn is { } published && published < today ? published : today);
            var key = KeyOf(finding.Id, finding);
            if (Known(key, finding) is { } known && known < since)
            {
                since = known;
            }

            ref var day = ref CollectionsMarshal.GetValueRefOrAddDefault(days, key, out var exists);
            day = exists && day < since ? day : since;
        }

        foreach (var (key, day) in _days.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).TakeWhile(_ => days.Count < most))
        {
            days.TryAdd(key, day);
        }

        return new FixDays(days);
    }

    /// <summary>The day since when the fix of a finding is known, or null.</summary>
    public DateOnly? Of(Finding finding) =>
        finding.FixedIn is not null && _days.TryGetValue(KeyOf(finding.Id, finding), out var day) ? DateOnly.FromDayNumber(Epoch + day) : null;

    /// <summary>The text; null where there is nothing to tell.</summary>
    public string? Write()
    {
        if (_days.Count == 0)
        {
            return null;
        }

        var bytes = new byte[_days.Count * Entry];
        var at = 0;
        foreach (var (key, day) in _days.OrderBy(pair => pair.Key))
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at), (key << 16) | day);
            at += Entry;
        }

        return Convert.ToBase64String(bytes);
    }

    // A flaw that had another id before, until a record said that they are one.
    private ushort? Known(ulong key, Finding finding)
    {
        if (_days.TryGetValue(key, out var day))
        {
            return day;
        }

        foreach (var alias in _days.Count == 0 ? [] : finding.Aliases)
        {
            if (_days.TryGetValue(KeyOf(alias, finding), out day))
            {
                return day;
            }
        }

        return null;
    }

    private static ushort Number(DateOnly day) => (ushort)Math.Clamp(day.DayNumber - Epoch, 0, ushort.MaxValue);

    private static ulong KeyOf(string id, Finding finding)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\0{finding.Component.Ecosystem.Name}\0{finding.Component.Name}\0{finding.Component.Version}\0{finding.FixedIn}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) >> 16;
    }
}
