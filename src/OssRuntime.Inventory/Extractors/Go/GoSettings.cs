using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>
/// How a Go program was built, as far as it tells the version of the program itself: until Go 1.24 the main module is always <c>(devel)</c>,
/// and projects write their version with a flag of the linker.
/// </summary>
internal sealed partial class GoSettings
{
    private const string Unstated = "(devel)";

    private string? _linkerVersion;
    private string? _revision;
    private DateTimeOffset? _time;

    /// <summary>Takes one <c>key=value</c>.</summary>
    public void Take(string setting)
    {
        var equals = setting.IndexOf('=', StringComparison.Ordinal);
        var key = equals < 0 ? setting : setting[..equals];
        var value = equals < 0 ? "" : setting[(equals + 1)..];
        switch (key)
        {
            case "-ldflags" when LinkerVersion().Match(value) is { Success: true } match:
                _linkerVersion = match.Groups["version"].Value;
                break;
            case "vcs.revision" when Revision().IsMatch(value):
                _revision = value;
                break;
            case "vcs.time" when DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var time):
                _time = time;
                break;
            default:
                break;
        }
    }

    /// <summary>The main module's version: the one stated, else the linker flag's, else the pseudo-version of the commit.</summary>
    public string VersionOf(string stated)
    {
        if (stated.Length > 0 && stated != Unstated)
        {
            return stated;
        }

        if (_linkerVersion is not null)
        {
            return _linkerVersion.StartsWith('v') ? _linkerVersion : $"v{_linkerVersion}";
        }

        return _revision is not null && _time is { } time
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"v0.0.0-{time.UtcDateTime:yyyyMMddHHmmss}-{_revision[..12]}")
            : Unstated;
    }

    [GeneratedRegex(@"-X[ =]['""]?[^ ='""]{0,300}\.(?:(?:[gG]it|[bB]uild|[aA]pp|[rR]elease)?[vV]ersion|RELEASE)=['""]?(?<version>v?[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}[0-9A-Za-z.+-]{0,60})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LinkerVersion();

    [GeneratedRegex(@"^[0-9a-f]{12,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Revision();
}
