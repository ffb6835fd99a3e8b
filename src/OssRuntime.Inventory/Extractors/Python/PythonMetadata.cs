using System.Text;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Packages;

namespace OssRuntime.Inventory.Extractors.Python;

/// <summary>The head of a core metadata file: mail headers up to the first empty line, where the description begins.</summary>
internal sealed class PythonMetadata
{
    // Longer ones are licence texts that some put where a name belongs.
    private const int LongestLicense = 100;
    private const int MostLicenses = 32;

    private readonly List<string> _classified = [];
    private string? _name;
    private string? _version;
    private string? _license;
    private string? _expression;

    public PythonMetadata(ReadOnlySpan<byte> text)
    {
        var lines = new LineReader(text);
        while (lines.MoveNext() && !lines.Line.IsEmpty)
        {
            var colon = lines.Line.IndexOf((byte)':');
            if (colon > 0 && lines.Line[0] is not ((byte)' ' or (byte)'\t'))
            {
                Take(lines.Line[..colon], lines.Line[(colon + 1)..].Trim(" \t"u8));
            }
        }
    }

    /// <summary>Hands the distribution over.</summary>
    public void Finish(ExtractionContext context, string? inside = null)
    {
        if (_name is null || _version is null)
        {
            context.AddUnknown(_name is null ? "it has no Name field" : $"'{_name}' has no Version field");
            return;
        }

        context.Add(new PackageRecord
        {
            Type = "pypi",
            Name = _name,
            Version = _version,
            Licenses = [.. Licenses()],
            Inside = inside,
        });
    }

    private static bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(key, known);

    private void Take(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Is(key, "Name"u8))
        {
            _name ??= Encoding.UTF8.GetString(value);
        }
        else if (Is(key, "Version"u8))
        {
            _version ??= Encoding.UTF8.GetString(value);
        }
        else if (Is(key, "License-Expression"u8))
        {
            _expression ??= Encoding.UTF8.GetString(value);
        }
        else if (Is(key, "License"u8))
        {
            _license ??= Encoding.UTF8.GetString(value);
        }
        else if (Is(key, "Classifier"u8) && value.StartsWith("License ::"u8) && _classified.Count < MostLicenses)
        {
            var name = Encoding.UTF8.GetString(value[(value.LastIndexOf("::"u8) + 2)..].Trim((byte)' '));
            if (name != "OSI Approved")
            {
                _classified.Add(name);
            }
        }
    }

    /// <summary>An expression is best. The old field has any text and often says more than the classifiers, which know of few versions.</summary>
    private IEnumerable<string> Licenses()
    {
        if (_expression is not null)
        {
            return [_expression];
        }

        var hasField = _license is { Length: > 0 and < LongestLicense } && !_license.Equals("UNKNOWN", StringComparison.OrdinalIgnoreCase);
        if (hasField && (_classified.Count == 0 || LicenseNames.Find(_license!) is not null))
        {
            return [_license!];
        }

        return _classified;
    }
}
