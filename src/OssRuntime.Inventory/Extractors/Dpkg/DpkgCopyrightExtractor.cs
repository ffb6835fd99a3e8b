using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>
/// Licences of Debian packages: <c>usr/share/doc/PACKAGE/copyright</c>. Most have fields (Debian's "Machine-readable debian/copyright file"), whose short names are
/// taken; of the others only that they refer to a text in <c>/usr/share/common-licenses</c>.
/// </summary>
internal sealed partial class DpkgCopyrightExtractor : IExtractor
{
    private const int MostLicenses = 64;
    private const int LongestName = 200;
    private const int PartsOfPath = 5;

    public string Name => "dpkg-copyright";

    public int Version => 1;

    public long LargestFile => 8 << 20;

    private static ReadOnlySpan<byte> Folder => "usr/share/doc/"u8;

    private static ReadOnlySpan<byte> FileName => "/copyright"u8;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.EndsWith(FileName) && path.StartsWith(Folder) && path.Length > Folder.Length + FileName.Length
        && path[Folder.Length..^FileName.Length].IndexOf((byte)'/') < 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        var text = file.ReadAll();
        var names = new List<string>();
        AddFields(text, names);
        if (names.Count == 0)
        {
            AddCommon(text, names);
        }

        var parts = file.Path.Split('/');
        if (names.Count > 0 && parts.Length == PartsOfPath)
        {
            context.AddLicenses(parts[3], names);
        }
    }

    /// <summary><c>License: GPL-2+ or Artistic</c> at the start of a line; the text of the licence follows on lines of its own.</summary>
    private static void AddFields(ReadOnlySpan<byte> text, List<string> names)
    {
        while (names.Count < MostLicenses)
        {
            var field = text.IndexOf("\nLicense:"u8);
            if (field < 0)
            {
                return;
            }

            text = text[(field + "\nLicense:"u8.Length)..];
            var end = text.IndexOf((byte)'\n');
            var value = (end < 0 ? text : text[..end]).Trim(" \t\r"u8);
            if (value.Length is > 0 and < LongestName)
            {
                AddNew(Encoding.UTF8.GetString(value), names);
            }
        }
    }

    private static void AddCommon(ReadOnlySpan<byte> text, List<string> names)
    {
        while (names.Count < MostLicenses)
        {
            var place = text.IndexOf("common-licenses/"u8);
            if (place < 0)
            {
                return;
            }

            text = text[(place + "common-licenses/"u8.Length)..];
            if (CommonName().Match(Encoding.Latin1.GetString(text[..Math.Min(text.Length, 32)])) is { Success: true } match && SpdxOf(match.Value) is { } name)
            {
                AddNew(name, names);
            }
        }
    }

    /// <summary>A reference to a text does not say whether later versions count; the ids without a word about it are SPDX's for that.</summary>
    private static string? SpdxOf(string common) => common switch
    {
        "Apache-2.0" or "CC0-1.0" or "MPL-1.1" or "MPL-2.0" => common,
        "Artistic" => "Artistic-1.0-Perl",
        "BSD" => "BSD-3-Clause",
        "GPL-1" or "GPL-2" or "GPL-3" or "LGPL-2" or "LGPL-3" => $"{common}.0",
        "LGPL-2.1" or "GFDL-1.2" or "GFDL-1.3" => common,
        _ => null,
    };

    private static void AddNew(string name, List<string> names)
    {
        if (!names.Contains(name, StringComparer.Ordinal) && !name.AsSpan().ContainsAnyInRange('\0', '\x1F'))
        {
            names.Add(name);
        }
    }

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]*(?:-[0-9]+(?:\.[0-9]+)*)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CommonName();
}
