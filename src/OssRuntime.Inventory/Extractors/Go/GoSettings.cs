using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>
/// How a Go program was built, as far as it tells the version of the program itself: until Go 1.24 the main module is always <c>(devel)</c>,
/// and projects write their version with a flag of the linker.
/// </summary>
internal sealed partial class GoSettings
{
    private const string Unstated = "(devel)";
    private const int MostFlags = 100;

    private readonly List<(string Package, string Version)> _flags = [];
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
            case "-ldflags":
                _flags.AddRange(LinkerVersion().Matches(value).Take(MostFlags).Select(match => (match.Groups["package"].Value, match.Groups["version"].Value)));
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

    /// <summary>The version that the linker was told for a variable of the module, or null.</summary>
    public string? LinkedVersion(string module)
    {
        var flag = _flags.Find(flag => IsOf(flag.Package, module));
        return flag.Version is null ? null : WithPrefix(flag.Version);
    }

    /// <summary>
    /// The main module's version: a release that is stated, else the linker's flag for a variable of the module itself, else a pseudo-version that is stated, else any flag (what
    /// projects without a version of their own release along), else the pseudo-version of the commit.
    /// </summary>
    public string VersionOf(string module, string stated)
    {
        var isStated = stated.Length > 0 && stated != Unstated;
        if (isStated && !PseudoVersion().IsMatch(stated))
        {
            return stated;
        }

        if (LinkedVersion(module) is { } linked)
        {
            return linked;
        }

        if (isStated)
        {
            return stated;
        }

        if (_flags.Count > 0)
        {
            return WithPrefix(_flags[0].Version);
        }

        return _revision is not null && _time is { } time
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"v0.0.0-{time.UtcDateTime:yyyyMMddHHmmss}-{_revision[..12]}")
            : Unstated;
    }

    /// <summary>True for a package of the module, whatever major version ends the module's path, and for the main package itself.</summary>
    public static bool IsOf(string package, string module)
    {
        var root = MajorSuffix().Replace(module, "");
        return package == "main" || package == root || package.StartsWith($"{root}/", StringComparison.Ordinal);
    }

    private static string WithPrefix(string version) => version.StartsWith('v') ? version : $"v{version}";

    [GeneratedRegex(@"-X[ =]['""]?(?<package>[^ ='""]{1,300}?)\.(?:(?:[gG]it|[bB]uild|[aA]pp|[rR]elease)?[vV]ersion|RELEASE)=['""]?(?<version>v?[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}[0-9A-Za-z.+-]{0,60})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LinkerVersion();

    /// <summary>Go modules reference, "Pseudo-versions": they end in the time and the revision of a commit; "+dirty" is a checkout with changes.</summary>
    [GeneratedRegex(@"(?:-|\.)[0-9]{14}-[0-9a-f]{12}(?:\+[a-z]+)?\z|\+dirty\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PseudoVersion();

    [GeneratedRegex(@"/v[0-9]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MajorSuffix();

    [GeneratedRegex(@"^[0-9a-f]{12,64}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Revision();
}
