using System.Globalization;
using System.Runtime.CompilerServices;

namespace OssRuntime.Model.Packages;

/// <summary>Prints a package URL (ECMA-427, "How to build a purl string").</summary>
internal static class PackageUrlWriter
{
    /// <summary>Characters that all but few have room in.</summary>
    private const int Usual = 256;

    internal static string Write(PackageUrl purl)
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[Usual]);
        text.AppendLiteral("pkg:");
        text.AppendLiteral(purl.Type);
        text.AppendLiteral("/");
        if (!string.IsNullOrEmpty(purl.Namespace))
        {
            PercentEncoding.AppendPath(ref text, purl.Namespace);
            text.AppendLiteral("/");
        }

        PercentEncoding.Append(ref text, purl.Name);
        if (!string.IsNullOrEmpty(purl.Version))
        {
            text.AppendLiteral("@");
            PercentEncoding.Append(ref text, purl.Version);
        }

        var separator = "?";
        foreach (var (key, value) in purl.Qualifiers.AsSpan())
        {
            text.AppendLiteral(separator);
            text.AppendLiteral(key);
            text.AppendLiteral("=");
            PercentEncoding.Append(ref text, value);
            separator = "&";
        }

        if (!string.IsNullOrEmpty(purl.Subpath))
        {
            text.AppendLiteral("#");
            PercentEncoding.AppendPath(ref text, purl.Subpath);
        }

        return text.ToStringAndClear();
    }
}
