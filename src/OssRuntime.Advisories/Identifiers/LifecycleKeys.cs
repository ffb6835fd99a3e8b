using System.Buffers;
using System.Text;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Identifiers;

/// <summary>The keys by which lifecycle data and images find each other: package URLs without version and qualifiers, CPEs, names.</summary>
internal static class LifecycleKeys
{
    /// <summary>Before a product's name or alias.</summary>
    public const string Name = "name:";

    /// <summary>Before the name of a project of Repology, which is called what most distributions call its package.</summary>
    public const string Repology = "repology:";

    /// <summary>A product's name or alias.</summary>
    public static string OfName(string name) => Name + name.ToLowerInvariant();

    /// <summary>A project of Repology.</summary>
    public static string OfRepology(string name) => Repology + name.ToLowerInvariant();

    /// <summary>A package.</summary>
    public static string OfPackage(PackageUrl purl) =>
        purl.Namespace is null ? $"purl:{purl.Type}/{purl.Name}".ToLowerInvariant() : $"purl:{purl.Type}/{purl.Namespace}/{purl.Name}".ToLowerInvariant();

    /// <summary>Writes the key of a package; the part of the buffer that it takes. What has other letters than ASCII's is written as a text of its own.</summary>
    public static ReadOnlySpan<char> OfPackage(PackageUrl purl, Span<char> buffer)
    {
        var fits = purl.Namespace is null
            ? buffer.TryWrite($"purl:{purl.Type}/{purl.Name}", out var length)
            : buffer.TryWrite($"purl:{purl.Type}/{purl.Namespace}/{purl.Name}", out length);
        return fits && Ascii.ToLowerInPlace(buffer[..length], out _) == OperationStatus.Done ? buffer[..length] : OfPackage(purl);
    }

    /// <summary>Writes the key of a name; the part of the buffer that it takes.</summary>
    public static ReadOnlySpan<char> OfName(string prefix, string name, Span<char> buffer) =>
        buffer.TryWrite($"{prefix}{name}", out var length) && Ascii.ToLowerInPlace(buffer[..length], out _) == OperationStatus.Done
            ? buffer[..length]
            : prefix + name.ToLowerInvariant();

    /// <summary>A CPE, 2.2 or 2.3: part, vendor and product. Null for a text that is none.</summary>
    public static string? OfCpe(string cpe)
    {
        var text = cpe.StartsWith("cpe:2.3:", StringComparison.OrdinalIgnoreCase) ? cpe[8..]
            : cpe.StartsWith("cpe:/", StringComparison.OrdinalIgnoreCase) ? cpe[5..]
            : "";
        var parts = text.Split(':');
        return parts.Length < 3 ? null : $"cpe:{parts[0]}:{parts[1]}:{parts[2]}".ToLowerInvariant();
    }

    /// <summary>An identifier of the data, with its type before a colon; null for one that names no package.</summary>
    public static string? OfIdentifier(string identifier)
    {
        var colon = identifier.IndexOf(':', StringComparison.Ordinal);
        var id = identifier[(colon + 1)..];
        return identifier[..Math.Max(colon, 0)] switch
        {
            "purl" => PackageUrl.TryParse(id, out var purl, out _) ? OfPackage(purl!) : null,
            "cpe" => OfCpe(id),
            "repology" => OfRepology(id),
            _ => null,
        };
    }
}
