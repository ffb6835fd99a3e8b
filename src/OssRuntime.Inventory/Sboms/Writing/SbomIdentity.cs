using System.Globalization;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Writing;

/// <summary>What makes a written document unique, made of its content: two that differ in anything that is written have different ones.</summary>
internal static class SbomIdentity
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8): a hash.</summary>
    public static Guid Of(ComponentInventory inventory, SbomSubject subject, SbomFindings? found = null)
    {
        using var hash = new TextHash();
        hash.Add(subject.Name);
        hash.Add(Time(subject));
        hash.Add(subject.ToolVersion);
        hash.Add(inventory.Digest?.Value);
        hash.Add(inventory.Platform?.ToString());
        hash.Add(inventory.OsRelease?.ToString());
        foreach (var component in inventory.Components)
        {
            Add(hash, component);
        }

        foreach (var unknown in inventory.Unknowns)
        {
            hash.Add(unknown.Path);
            hash.Add(unknown.Extractor);
            hash.Add(unknown.Reason);
        }

        foreach (var text in found is null ? [] : WrittenProperties.Of(found).Select(property => property.Value).Concat(found.Findings.SelectMany(TextsOf)))
        {
            hash.Add(text);
        }

        var bytes = hash.Finish().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time as all formats write it.</summary>
    public static string Time(SbomSubject subject) => subject.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string?[] TextsOf(Finding finding) => [finding.Id, finding.Component.Purl.ToString(), finding.Status.ToString(), finding.Vex?.ToString(), finding.FixedIn, finding.Vector];

    private static void Add(TextHash hash, Component component)
    {
        hash.Add(component.Purl.ToString());
        hash.Add(component.Name);
        hash.Add(component.Version);
        hash.Add(component.Ecosystem.ToString());
        hash.Add(component.Location.Layer?.Value);
        hash.Add(component.Location.Path);
        hash.Add(component.Type.ToString());
        hash.Add(component.Source?.Name);
        hash.Add(component.Source?.Version);
        foreach (var license in component.Licenses)
        {
            hash.Add(license);
        }

        hash.Add(component.Cpe);
        hash.Add(component.Supplier);
        hash.Add(component.OwnedBy);
        hash.Add(component.Origin);
        hash.Add(component.FoundBy);
        hash.Add(component.Declared ? "declared" : "observed");
        hash.Add(component.IsThirdParty ? "third party" : "");
        hash.Add(component.Evidence);
    }
}
