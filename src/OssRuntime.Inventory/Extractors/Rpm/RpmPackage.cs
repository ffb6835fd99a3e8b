using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>What a package header says, as rpm itself would print it.</summary>
internal static class RpmPackage
{
    /// <summary>Hands over the package of a header and its files.</summary>
    public static void Report(ReadOnlySpan<byte> bytes, RpmFiles files, ExtractionContext context)
    {
        if (!RpmHeader.TryRead(bytes, out var header))
        {
            context.AddUnknown("the header of a package is broken");
            return;
        }

        var name = header.Text(RpmTag.Name);

        // Keys that signatures are checked with are kept as if they were packages.
        if (name == "gpg-pubkey")
        {
            return;
        }

        var version = header.Text(RpmTag.Version);
        var release = header.Text(RpmTag.Release);
        if (name is null || version is null || release is null)
        {
            context.AddUnknown($"the header of {(name is null ? "an unnamed package" : $"'{name}'")} has no {(name is null ? "name" : version is null ? "version" : "release")}");
            return;
        }

        context.Add(Record(
            name,
            VersionOf(header.Number(RpmTag.Epoch), version, release),
            header.Text(RpmTag.Architecture),
            header.Text(RpmTag.SourceRpm),
            header.Text(RpmTag.License),
            header.Text(RpmTag.Vendor),
            header.Text(RpmTag.ModularityLabel)));
        files.Report(name, header);
    }

    /// <summary>The record of a package.</summary>
    public static PackageRecord Record(
        string name, string version, string? architecture, string? sourceRpm, string? license = null, string? vendor = null, string? module = null) => new()
        {
            Type = "rpm",
            Name = name,
            Version = version,
            Kind = ComponentType.OsPackage,
            Architecture = Stated(architecture),
            Source = SourceOf(Stated(sourceRpm), name, version),
            Licenses = Stated(license) is { } text ? [text] : [],
            Vendor = Stated(vendor),
            Module = Stated(module),
        };

    /// <summary><c>[epoch:]version-release</c></summary>
    public static string VersionOf(uint? epoch, string version, string release) => epoch is null or 0 ? $"{version}-{release}" : $"{epoch}:{version}-{release}";

    /// <summary>
    /// <c>name-version-release.src.rpm</c>. The name of the file has no epoch; a source package has that of the packages built from it, with
    /// exceptions that nothing here tells.
    /// </summary>
    private static SourcePackage SourceOf(string? sourceRpm, string name, string version)
    {
        var file = sourceRpm ?? "";
        var end = file.LastIndexOf(".src.rpm", StringComparison.Ordinal);
        end = end < 0 ? file.LastIndexOf(".nosrc.rpm", StringComparison.Ordinal) : end;
        var release = end < 1 ? -1 : file.LastIndexOf('-', end - 1);
        var separator = release < 1 ? -1 : file.LastIndexOf('-', release - 1);
        if (separator < 1)
        {
            return new SourcePackage(name, version);
        }

        var colon = version.IndexOf(':', StringComparison.Ordinal);
        return new SourcePackage(file[..separator], $"{version[..(colon + 1)]}{file[(separator + 1)..end]}");
    }

    private static string? Stated(string? text) => string.IsNullOrWhiteSpace(text) || text == "(none)" ? null : text;
}
