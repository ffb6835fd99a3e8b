using System.Text;

namespace OssRuntime.Model.Packages;

/// <summary>Prints a package URL (ECMA-427, "How to build a purl string").</summary>
internal static class PackageUrlWriter
{
    internal static string Write(PackageUrl purl)
    {
        var text = new StringBuilder("pkg:").Append(purl.Type).Append('/');
        if (!string.IsNullOrEmpty(purl.Namespace))
        {
            PercentEncoding.AppendPath(text, purl.Namespace);
            text.Append('/');
        }

        PercentEncoding.Append(text, purl.Name);
        if (!string.IsNullOrEmpty(purl.Version))
        {
            PercentEncoding.Append(text.Append('@'), purl.Version);
        }

        var separator = '?';
        foreach (var (key, value) in purl.Qualifiers.AsSpan())
        {
            PercentEncoding.Append(text.Append(separator).Append(key).Append('='), value);
            separator = '&';
        }

        if (!string.IsNullOrEmpty(purl.Subpath))
        {
            PercentEncoding.AppendPath(text.Append('#'), purl.Subpath);
        }

        return text.ToString();
    }
}
