using System.Buffers.Binary;
using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>An advisory's fixed record.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AdvisoryRecord(
    uint Id, uint Facts, uint Summary, uint Modified, ushort Source, AdvisoryKind Kind, AdvisoryFlags Flags)
{
    /// <summary>Reads a record of the section.</summary>
    public static AdvisoryRecord Read(ReadOnlySpan<byte> section, uint number)
    {
        if (number >= (uint)(section.Length / DatabaseFormat.AdvisoryRecord))
        {
            throw ByteReader.Damaged();
        }

        var record = section.Slice((int)number * DatabaseFormat.AdvisoryRecord, DatabaseFormat.AdvisoryRecord);
        return new AdvisoryRecord(
            BinaryPrimitives.ReadUInt32LittleEndian(record),
            BinaryPrimitives.ReadUInt32LittleEndian(record[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
            BinaryPrimitives.ReadUInt16LittleEndian(record[16..]),
            (AdvisoryKind)record[18],
            (AdvisoryFlags)record[19]);
    }
}
