using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>An entry of the table of keys: forty bits of the key's hash, then the rank of the name in twenty-four.</summary>
internal static class NameKeys
{
    private const int RankBits = 24;

    /// <summary>The entry of a key for a name of this rank.</summary>
    public static ulong Entry(ReadOnlySpan<char> key, int rank) => First(key) | (uint)rank;

    /// <summary>The lowest entry that a key can have.</summary>
    public static ulong First(ReadOnlySpan<char> key) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key)) >> RankBits << RankBits;

    /// <summary>True for an entry of the key with this lowest one.</summary>
    public static bool IsOf(ulong entry, ulong first) => entry >> RankBits == first >> RankBits;

    /// <summary>The rank in an entry.</summary>
    public static int Rank(ulong entry) => (int)(entry & ((1 << RankBits) - 1));
}
