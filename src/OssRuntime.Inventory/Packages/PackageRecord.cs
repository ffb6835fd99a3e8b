using OssRuntime.Model.Collections;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Packages;

/// <summary>A package as one file tells it, before the image around it is known: neither layer nor distribution nor owner.</summary>
internal sealed record PackageRecord
{
    /// <summary>The purl type: <c>deb</c>, <c>npm</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The name as its ecosystem writes it.</summary>
    public required string Name { get; init; }

    /// <summary>The version as its package manager writes it.</summary>
    public required string Version { get; init; }

    /// <summary>What it is to the image.</summary>
    public ComponentType Kind { get; init; }

    /// <summary>The architecture, for OS packages.</summary>
    public string? Architecture { get; init; }

    /// <summary>The source package, where the record names one.</summary>
    public SourcePackage? Source { get; init; }

    /// <summary>Licences as declared.</summary>
    public EquatableArray<string> Licenses { get; init; } = [];

    /// <summary>Who built it, as its record says: rpm's vendor, the maintainer of dpkg and apk.</summary>
    public string? Vendor { get; init; }

    /// <summary>True where its record has what only other tools than the distribution's write.</summary>
    public bool IsForeignBuild { get; init; }

    /// <summary>Its name in the CPE dictionary, where no package manager's advisories know it.</summary>
    public string? Cpe { get; init; }

    /// <summary>The module stream that an rpm was built for: <c>nodejs:18:9010020221118120946:rhel9</c>.</summary>
    public string? Module { get; init; }

    /// <summary>What Julia's registries know a package by.</summary>
    public string? Uuid { get; init; }

    /// <summary>What its name was inferred from, where no record states it; else null.</summary>
    public string? Evidence { get; init; }

    /// <summary>Where the record says it came from.</summary>
    public string? Origin { get; init; }

    /// <summary>The way inside the file for a record of a nested archive: <c>BOOT-INF/lib/a.jar</c>.</summary>
    public string? Inside { get; init; }

    /// <summary>The characters of all its texts.</summary>
    public int Characters => Name.Length + Version.Length + (Source is { } source ? source.Name.Length + source.Version.Length : 0) + (Vendor?.Length ?? 0) + (Module?.Length ?? 0)
        + (Evidence?.Length ?? 0) + (Origin?.Length ?? 0) + (Inside?.Length ?? 0) + (Licenses.IsEmpty ? 0 : Licenses.Sum(license => license.Length));

    /// <summary>Of what tells nearly all records apart: every record of every layer is looked up by it.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Version, Inside);
}
