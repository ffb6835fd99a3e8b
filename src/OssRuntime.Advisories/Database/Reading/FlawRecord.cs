using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>A flaw: its ids, the one to show first, how urgent it is, whether several advisories speak of it, and those that are about it alone.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlawRecord(uint[] Ids, bool Exploited, bool Several, float? Epss, SsvcAssessment? Ssvc, uint[] Advisories)
{
    /// <summary>Reads a flaw of the section.</summary>
    public static FlawRecord Read(ReadOnlySpan<byte> section, uint number)
    {
        var record = Open(section, number);
        var flags = (FlawFlags)record.Byte();
        float? epss = flags.HasFlag(FlawFlags.Epss) ? BitConverter.UInt32BitsToSingle(record.UInt32()) : null;
        return new FlawRecord(Numbers(ref record), flags.HasFlag(FlawFlags.Exploited), flags.HasFlag(FlawFlags.Several), epss, Assessment(flags), Numbers(ref record));
    }

    /// <summary>The EPSS probability of a flaw, or null.</summary>
    public static float? EpssOf(ReadOnlySpan<byte> section, uint number)
    {
        var record = Open(section, number);
        return ((FlawFlags)record.Byte()).HasFlag(FlawFlags.Epss) ? BitConverter.UInt32BitsToSingle(record.UInt32()) : null;
    }

    /// <summary>True for a flaw that several advisories speak of.</summary>
    public static bool IsShared(ReadOnlySpan<byte> section, uint number) => ((FlawFlags)Open(section, number).Byte()).HasFlag(FlawFlags.Several);

    private static SsvcAssessment? Assessment(FlawFlags flags) => flags.HasFlag(FlawFlags.Ssvc)
        ? new SsvcAssessment(
            flags.HasFlag(FlawFlags.Active) ? ExploitationEvidence.Active
                : flags.HasFlag(FlawFlags.ProofOfConcept) ? ExploitationEvidence.ProofOfConcept
                : ExploitationEvidence.None,
            flags.HasFlag(FlawFlags.Automatable),
            flags.HasFlag(FlawFlags.TotalImpact))
        : null;

    private static ByteReader Open(ReadOnlySpan<byte> section, uint number)
    {
        var head = new ByteReader(section);
        var count = head.UInt32();
        if (number >= count || count > head.Remaining / 4)
        {
            throw ByteReader.Damaged();
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(section[(int)((number + 1) * 4)..]);
        var records = section[(int)((count + 1) * 4)..];
        if (offset > (uint)records.Length)
        {
            throw ByteReader.Damaged();
        }

        return new ByteReader(records[(int)offset..]);
    }

    private static uint[] Numbers(ref ByteReader reader)
    {
        var count = reader.Varint();
        if (count > (uint)reader.Remaining)
        {
            throw ByteReader.Damaged();
        }

        var numbers = count == 0 ? [] : new uint[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Varint();
        }

        return numbers;
    }
}
