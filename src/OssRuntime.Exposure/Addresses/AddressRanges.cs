using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OssRuntime.Exposure.Addresses;

/// <summary>
/// Which addresses anybody on the Internet can send to. Private, shared, link-local and multicast ranges are not (RFC 6890 and its registry);
/// of IPv6 only global unicast is. The ranges of RFC 5737 that examples use count as public.
/// </summary>
internal static class AddressRanges
{
    private static readonly (UInt128 First, UInt128 Last)[] NotPublic4 =
    [
        Parse("0.0.0.0/8"), Parse("10.0.0.0/8"), Parse("100.64.0.0/10"), Parse("127.0.0.0/8"), Parse("169.254.0.0/16"),
        Parse("172.16.0.0/12"), Parse("192.0.0.0/24"), Parse("192.168.0.0/16"), Parse("198.18.0.0/15"), Parse("224.0.0.0/3"),
    ];

    private static readonly (UInt128 First, UInt128 Last)[] NotPublic6 =
    [
        (UInt128.Zero, Parse("2000::/3").First - 1), (Parse("2000::/3").Last + 1, UInt128.MaxValue),
    ];

    /// <summary>True for a public address; what is no address, such as a host name, is none.</summary>
    public static bool IsPublic(string? address) => address is not null && IPAddress.TryParse(address, out var parsed) && HoldsPublic(parsed.ToString(), []);

    /// <summary>True where a range, without the ranges taken out of it, holds a public address.</summary>
    /// <param name="range">In CIDR notation, as <c>first-last</c>, or one address.</param>
    /// <param name="except">The ranges that are taken out of it.</param>
    public static bool HoldsPublic(string? range, IEnumerable<string> except) => CountPublic(range, except) > 0;

    /// <summary>
    /// True where a range, without the ranges taken out of it, holds more public addresses than one office has: a /24 or more, of IPv6 a /48 or more.
    /// </summary>
    public static bool HoldsAnybody(string? range, IEnumerable<string> except) =>
        CountPublic(range, except) >= (range?.Contains(':', StringComparison.Ordinal) == true ? UInt128.One << 80 : 256);

    /// <summary>True where a range, without the ranges taken out of it, has an address in common with another one.</summary>
    public static bool Meets(string? range, IEnumerable<string> except, string other)
    {
        if (!TryParse(range, out var left, out var isV4) || !TryParse(other, out var right, out var otherIsV4) || isV4 != otherIsV4)
        {
            return false;
        }

        var common = (First: UInt128.Max(left.First, right.First), Last: UInt128.Min(left.Last, right.Last));
        return common.First <= common.Last && Count(common, Holes(except, isV4)) > 0;
    }

    private static UInt128 CountPublic(string? range, IEnumerable<string> except) =>
        TryParse(range, out var parsed, out var isV4) ? Count(parsed, Holes(except, isV4).Concat(isV4 ? NotPublic4 : NotPublic6)) : UInt128.Zero;

    private static IEnumerable<(UInt128 First, UInt128 Last)> Holes(IEnumerable<string> except, bool isV4) =>
        except.Select(text => TryParse(text, out var hole, out var v4) && v4 == isV4 ? hole : ((UInt128, UInt128)?)null).OfType<(UInt128 First, UInt128 Last)>();

    // How many addresses are left of a range without its holes.
    private static UInt128 Count((UInt128 First, UInt128 Last) range, IEnumerable<(UInt128 First, UInt128 Last)> holes)
    {
        var (next, count) = (range.First, UInt128.Zero);
        foreach (var (first, last) in holes.OrderBy(hole => hole.First))
        {
            if (first > range.Last)
            {
                break;
            }

            count += first > next ? first - next : 0;
            if (last >= range.Last)
            {
                return count;
            }

            next = last >= next ? last + 1 : next;
        }

        // Of all addresses of IPv6 one more than can be counted: nobody misses it.
        return count + UInt128.Max(range.Last - next, range.Last - next == UInt128.MaxValue ? 0 : range.Last - next + 1);
    }

    private static (UInt128 First, UInt128 Last) Parse(string cidr) =>
        TryParse(cidr, out var range, out _) ? range : throw new ArgumentException($"'{cidr}' is not an address range", nameof(cidr));

    private static bool TryParse(string? cidr, out (UInt128 First, UInt128 Last) range, out bool isV4)
    {
        (range, isV4) = (default, false);
        if (cidr?.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash)
        {
            if (!TryParse(cidr[..dash].Trim(), out var first, out isV4) || !TryParse(cidr[(dash + 1)..].Trim(), out var last, out var lastIsV4) || isV4 != lastIsV4)
            {
                return false;
            }

            range = (first.First, last.Last);
            return first.First <= last.Last;
        }

        var slash = cidr?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (cidr is null || !IPAddress.TryParse(slash < 0 ? cidr : cidr[..slash], out var address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var (width, bytes) = (isV4 ? 32 : 128, address.GetAddressBytes());
        var bits = width;
        if (slash >= 0 && (!int.TryParse(cidr.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out bits) || bits > width))
        {
            return false;
        }

        UInt128 value = isV4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var host = width == bits ? UInt128.Zero : (width - bits == 128 ? UInt128.MaxValue : (UInt128.One << (width - bits)) - 1);
        range = (value & ~host, value | host);
        return true;
    }
}
