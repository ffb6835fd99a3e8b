using System.IO.Hashing;
using System.Text;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>The 48 bits by which the file knows a name that exists, or a version that was published.</summary>
internal static class NameHash
{
    /// <summary>Of a name in its canonical spelling.</summary>
    public static ulong Of(string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name)) >> 16;

    /// <summary>Of a version of a package; without a version, of the package itself.</summary>
    public static ulong Of(string name, string? version) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{name}\0{version}")) >> 16;
}
