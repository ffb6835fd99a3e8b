using System.Runtime.InteropServices;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>What is known of a published version.</summary>
/// <param name="Note">What its publisher says of it.</param>
/// <param name="Day">The day of its publication (<see cref="ReleaseDay"/>).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CollectedVersion(VersionNote Note, ushort Day);
