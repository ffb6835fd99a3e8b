using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors;

/// <summary>Takes what an extractor finds in one file. Records that no reader could use safely are refused here, with a reason.</summary>
internal sealed class ExtractionContext(ExtractorCatalog catalog, ContentLimits limits, ReadingMeter meter, CancellationToken cancellation)
{
    private const int LongestName = 1024;
    private const int LongestReason = 300;
    private const int UnknownsPerFile = 100;
    private const int PackagesPerFile = 500_000;

    private readonly List<PackageRecord> _packages = [];
    private readonly List<string> _unknowns = [];
    private readonly List<OwnedFiles> _owned = [];
    private readonly List<PackageOrigin> _origins = [];
    private readonly List<PackageLicenses> _licenses = [];
    private readonly HashSet<string> _explained = new(StringComparer.Ordinal);
    private readonly List<Component> _declared = [];
    private OsRelease? _osRelease;
    private int _unknownsLeftOut;
    private bool _isToBeReadAgain;

    /// <summary>How deep archives inside archives are opened.</summary>
    public int Nesting => limits.Nesting;

    /// <summary>Bytes that the archives nested in the file may inflate to.</summary>
    public long NestedBytes => limits.NestedBytes;

    /// <summary>What the image's limits leave.</summary>
    public ReadingMeter Meter => meter;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Takes a package, or an unknown where its name or version is empty, endless or has control characters.</summary>
    public void Add(PackageRecord package)
    {
        if (Refuse(package.Name) is { } badName)
        {
            AddUnknown($"a package's name {badName}");
        }
        else if (Refuse(package.Version) is { } badVersion)
        {
            AddUnknown($"the version of '{package.Name}' {badVersion}");
        }
        else if (_packages.Count == PackagesPerFile)
        {
            AddUnknown($"the file names more than {PackagesPerFile} packages");
        }
        else
        {
            meter.TakePackage(package.Characters);
            _packages.Add(package);
        }
    }

    /// <summary>Takes a reason why a part of the file, or all of it, could not be read. Only the first hundred of a file are kept.</summary>
    public void AddUnknown(string reason)
    {
        if (_unknowns.Count == UnknownsPerFile)
        {
            _unknownsLeftOut++;
            return;
        }

        var text = PrintableText.Of(reason, LongestReason);
        meter.TakeCharacters(text.Length);
        _unknowns.Add(text);
    }

    /// <summary>Takes what an SBOM among the files declares.</summary>
    public void AddDeclared(IEnumerable<Component> components)
    {
        foreach (var component in components)
        {
            meter.TakePackage(component.Name.Length + component.Version.Length + component.Location.Path.Length);
            _declared.Add(component);
        }
    }

    /// <summary>Takes the distribution.</summary>
    public void Report(OsRelease osRelease) => _osRelease = osRelease;

    /// <summary>
    /// Asks for the whole file in any order, which a layer that streams by has not: once it is read, it is read again for such files, and
    /// <see cref="Contents.FileContent.TryKeep"/> has them then. What was found now is dropped.
    /// </summary>
    public void ReadAgain() => _isToBeReadAgain = true;

    /// <summary>True once after <see cref="ReadAgain"/>.</summary>
    public bool TakeReadAgain()
    {
        var isToBeReadAgain = _isToBeReadAgain;
        _isToBeReadAgain = false;
        return isToBeReadAgain;
    }

    /// <summary>True where a file at this path may be read by some extractor: only such paths are worth an owner.</summary>
    public bool IsWorthOwning(ReadOnlySpan<byte> path) => catalog.IsWantedAsProgram(path, isExecutable: true) || catalog.IsWanted(path);

    /// <summary>Takes the files of an OS package.</summary>
    public void AddOwned(string package, string? architecture, PathListBuilder paths)
    {
        if (paths.Count > 0)
        {
            var owned = paths.Build();
            meter.TakeCharacters(package.Length + owned.Content.Length);
            _owned.Add(new OwnedFiles(package, architecture, owned));
        }
    }

    /// <summary>Takes a statement about where the packages of another file came from.</summary>
    public void AddOrigin(string path, string origin)
    {
        if (origin.Length <= LongestName * 2)
        {
            meter.TakeCharacters(path.Length + origin.Length);
            _origins.Add(new PackageOrigin(path, origin));
        }
    }

    /// <summary>Takes the licences of a package that another file is the record of.</summary>
    public void AddLicenses(string package, IReadOnlyCollection<string> licenses)
    {
        meter.TakeCharacters(package.Length + licenses.Sum(license => license.Length));
        _licenses.Add(new PackageLicenses(package, [.. licenses]));
    }

    /// <summary>Takes the name of a file that the file's packages brought.</summary>
    public void AddExplained(string name)
    {
        if (name.Length is > 0 and <= LongestName && _explained.Count < PackagesPerFile)
        {
            meter.TakeCharacters(name.Length);
            _explained.Add(name);
        }
    }

    /// <summary>Hands over what was found and is empty again for the next file.</summary>
    public FileFindings Take(string path, string extractor)
    {
        if (_unknownsLeftOut > 0)
        {
            _unknowns.Add($"and {_unknownsLeftOut} more");
        }

        var findings = new FileFindings(path, extractor)
        {
            Packages = [.. _packages],
            Unknowns = [.. _unknowns],
            OsRelease = _osRelease,
            Owned = [.. _owned],
            Origins = [.. _origins],
            Licenses = [.. _licenses],
            Explained = [.. _explained.Order(StringComparer.Ordinal)],
            Declared = [.. _declared],
        };
        _packages.Clear();
        _unknowns.Clear();
        _owned.Clear();
        _origins.Clear();
        _licenses.Clear();
        _explained.Clear();
        _declared.Clear();
        _osRelease = null;
        _unknownsLeftOut = 0;
        return findings;
    }

    private static string? Refuse(string text) => text switch
    {
        { Length: 0 } => "is empty",
        { Length: > LongestName } => $"is longer than {LongestName} characters",
        _ when text.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0 || text.AsSpan().IndexOfAnyInRange('\x7F', '\x9F') >= 0 => "has control characters",
        _ => null,
    };
}
