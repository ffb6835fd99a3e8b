using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Matching;

/// <summary>One question to the database: a canonical ecosystem, a canonical name, and the version to judge by.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PackageQuery(string Ecosystem, string Name, string Version);
