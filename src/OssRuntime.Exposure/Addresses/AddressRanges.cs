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

    /// <summary>True where a range in CIDR notation, without the ranges taken out of it, holds a public address.</summary>
    public static bool HoldsPublic(string? cidr, IEnumerable<string> except)
    {
        if (!TryParse(cidr, out var range, out var isV4))
        {
            return false;
        }

        var holes = except.Select(text => TryParse(text, out var hole, out var v4) && v4 == isV4 ? hole : ((UInt128, UInt128)?)null)
            .OfType<(UInt128 First, UInt128 Last)>()
            .Concat(isV4 ? NotPublic4 : NotPublic6)
            .OrderBy(hole => hole.First);
        var next = range.First;
        foreach (var (first, last) in holes)
        {
            if (first > next)
            {
                return true;
            }

            if (last >= range.Last)
            {
                return false;
            }

            next = last >= next ? last + 1 : next;
        }

        return true;
    }

    private static (UInt128 First, UInt128 Last) Parse(string cidr) =>
        TryParse(cidr, out var range, out _) ? range : throw new ArgumentException($"'{cidr}' is not an address range", nameof(cidr));

    private static bool TryParse(string? cidr, out (UInt128 First, UInt128 Last) range, out bool isV4)
    {
        (range, isV4) = (default, false);
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
