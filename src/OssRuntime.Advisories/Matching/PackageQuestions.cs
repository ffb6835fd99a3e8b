using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Matching;

/// <summary>What an ecosystem is asked about a component.</summary>
/// <param name="First">Asked in any case.</param>
/// <param name="Else">Asked where the database does not know the first, or null.</param>
/// <param name="Also">Asked beside the first, or null.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PackageQuestions(PackageQuery First, PackageQuery? Else = null, PackageQuery? Also = null);
