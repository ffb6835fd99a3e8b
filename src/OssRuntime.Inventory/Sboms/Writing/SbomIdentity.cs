using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Writing;

/// <summary>What makes a written document unique, made of its content: two that differ in anything that is written have different ones.</summary>
internal static class SbomIdentity
{
    private const int SmallText = 1024;

    /// <summary>A UUID of version 8 (RFC 9562, section 5.8): a hash.</summary>
    public static Guid Of(ComponentInventory inventory, SbomSubject subject)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, subject.Name);
        Add(hash, Time(subject));
        Add(hash, subject.ToolVersion);
        Add(hash, inventory.Digest?.Value);
        Add(hash, inventory.Platform?.ToString());
        Add(hash, inventory.OsRelease?.ToString());
        foreach (var component in inventory.Components)
        {
            Add(hash, component);
        }

        foreach (var unknown in inventory.Unknowns)
        {
            Add(hash, unknown.Path);
            Add(hash, unknown.Extractor);
            Add(hash, unknown.Reason);
        }

        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time as all formats write it.</summary>
    public static string Time(SbomSubject subject) => subject.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Add(IncrementalHash hash, Component component)
    {
        Add(hash, component.Purl.ToString());
        Add(hash, component.Name);
        Add(hash, component.Version);
        Add(hash, component.Ecosystem.ToString());
        Add(hash, component.Location.Layer?.Value);
        Add(hash, component.Location.Path);
        Add(hash, component.Type.ToString());
        Add(hash, component.Source?.Name);
        Add(hash, component.Source?.Version);
        foreach (var license in component.Licenses)
        {
            Add(hash, license);
        }

        Add(hash, component.Cpe);
        Add(hash, component.Supplier);
        Add(hash, component.OwnedBy);
        Add(hash, component.Origin);
        Add(hash, component.FoundBy);
        Add(hash, component.Declared ? "declared" : "observed");
    }

    /// <summary>A text and its end, which no other text has.</summary>
    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> small = stackalloc byte[SmallText];
        if (text is null or { Length: < SmallText / 4 })
        {
            var length = Encoding.UTF8.GetBytes(text, small);
            small[length] = 0xFF;
            hash.AppendData(small[..(length + 1)]);
            return;
        }

        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]);
    }
}
