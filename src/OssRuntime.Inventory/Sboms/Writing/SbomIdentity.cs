using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Writing;

/// <summary>What makes a written document unique, made of its content: two that differ in anything that is written have different ones.</summary>
internal static class SbomIdentity
{
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
            Add(hash, component.ToString());
            foreach (var license in component.Licenses)
            {
                Add(hash, license);
            }
        }

        foreach (var unknown in inventory.Unknowns)
        {
            Add(hash, unknown.ToString());
        }

        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time as all formats write it.</summary>
    public static string Time(SbomSubject subject) => subject.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Add(IncrementalHash hash, string? text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        hash.AppendData([0]);
    }
}
