using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>One entry of the section table.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Section(string Name, long Offset, long Length, ulong Checksum);
