using System.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>The fields of one stanza of a dpkg database that an inventory needs (deb-control(5), dpkg(1) "Package states").</summary>
internal sealed class DpkgStanza(string type = "deb")
{
    private string? _package;
    private string? _version;
    private string? _architecture;
    private string? _source;
    private string? _status;
    private string? _broken;
    private string? _maintainer;
    private string? _vendor;
    private bool _isForeignBuild;
    private bool _hasSection;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Takes one line of the stanza.</summary>
    public void Take(ReadOnlySpan<byte> line, int number)
    {
        IsEmpty = false;
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return;
        }

        var colon = line.IndexOf((byte)':');
        if (colon < 1)
        {
            _broken ??= $"line {number} is not a field";
            return;
        }

        var key = line[..colon];
        var value = line[(colon + 1)..].Trim((byte)' ');
        switch (key.Length)
        {
            case 7 when key.SequenceEqual("Package"u8):
                _package = Encoding.UTF8.GetString(value);
                break;
            case 7 when key.SequenceEqual("Version"u8):
                _version = Encoding.UTF8.GetString(value);
                break;
            case 6 when key.SequenceEqual("Source"u8):
                _source = Encoding.UTF8.GetString(value);
                break;
            case 6 when key.SequenceEqual("Status"u8):
                _status = Encoding.UTF8.GetString(value);
                break;
            case 10 when key.SequenceEqual("Maintainer"u8):
                _maintainer = Encoding.UTF8.GetString(value);
                break;

            // Fields and a section that fpm and nfpm write and Debian's tools never (Debian policy, 5.3 and 2.4).
            case 6 when key.SequenceEqual("Vendor"u8):
            case 6 when key.SequenceEqual("Origin"u8):
                _vendor = Encoding.UTF8.GetString(value);
                _isForeignBuild |= !IsOfDebian(_vendor);
                break;
            case 7 when key.SequenceEqual("License"u8):
                _isForeignBuild = true;
                break;
            case 7 when key.SequenceEqual("Section"u8):
                _hasSection = true;
                _isForeignBuild |= value.SequenceEqual("default"u8);
                break;
            case 12 when key.SequenceEqual("Architecture"u8):
                _architecture = Encoding.UTF8.GetString(value);
                break;
            default:
                break;
        }
    }

    /// <summary>Hands the stanza over: a package that is installed, and what is wrong with it.</summary>
    /// <param name="context">Takes both.</param>
    /// <param name="isSinglePackage">True where a missing state means installed.</param>
    public void Finish(ExtractionContext context, bool isSinglePackage)
    {
        var isInstalled = _status is null ? isSinglePackage : IsInstalled(_status);
        if (_broken is not null || (isInstalled && (_package is null || _version is null)))
        {
            context.AddUnknown($"the stanza of {(_package is null ? "an unnamed package" : $"'{_package}'")} is broken: {_broken ?? Missing()}");
        }

        if (isInstalled && _package is not null && _version is not null)
        {
            context.Add(new PackageRecord
            {
                Type = type,
                Name = _package,
                Version = _version,
                Architecture = _architecture,
                Kind = ComponentType.OsPackage,
                Source = SourceOf(_package, _version, _source),
                Vendor = _maintainer ?? _vendor,
                IsForeignBuild = _isForeignBuild || (!_hasSection && _maintainer is not null),
            });
        }
    }

    /// <summary>
    /// "want flag state". Files are there in every state but not-installed, config-files and half-installed; a hold or an unfinished
    /// configuration does not make code go away.
    /// </summary>
    private static bool IsInstalled(string status)
    {
        var state = status.AsSpan(status.LastIndexOf(' ') + 1);
        return state is "installed" or "unpacked" or "half-configured" or "triggers-awaited" or "triggers-pending";
    }

    private static bool IsOfDebian(string vendor) =>
        vendor.Contains("Debian", StringComparison.OrdinalIgnoreCase) || vendor.Contains("Ubuntu", StringComparison.OrdinalIgnoreCase);

    /// <summary>"name" or "name (version)"; what is left out is as in the binary package.</summary>
    private static SourcePackage SourceOf(string package, string version, string? source)
    {
        if (source is null)
        {
            return new SourcePackage(package, version);
        }

        var open = source.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && source.EndsWith(')')
            ? new SourcePackage(source[..open].Trim(), source[(open + 1)..^1].Trim())
            : new SourcePackage(source, version);
    }

    private string Missing() => _package is null ? "it has no Package field" : "it has no Version field";
}
