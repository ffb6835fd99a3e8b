using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// Takes the files of one layer, or of a root file system, in any order, shows each to the extractors that want it and keeps what the
/// merge will need. Content that nobody wants is never asked for.
/// </summary>
internal sealed class LayerIndexBuilder(ExtractorCatalog catalog, ContentLimits limits, ReadingMeter meter, CancellationToken cancellation)
{
    private static readonly string[] KnownFiles = ["status", "rpmdb.sqlite", "Packages", "db/installed", "dpkg/status", "rpm/rpmdb.sqlite", "apk/db/installed"];

    private readonly ExtractionContext _context = new(catalog, limits, meter, cancellation);
    private readonly Dictionary<string, List<FileFindings>> _files = new(StringComparer.Ordinal);
    private readonly Spool _spool = new(limits.SpoolMemory, limits.SpoolDirectory);
    private readonly List<IExtractor> _wanting = [];
    private readonly HashSet<string> _whiteouts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opaque = new(StringComparer.Ordinal);
    private readonly PathListBuilder _shadows = new();
    private readonly Dictionary<string, string> _rootLinks = new(StringComparer.Ordinal);
    private readonly List<FileUnknown> _unknowns = [];
    private readonly PendingLinks _pending = new();
    private readonly DirectoryLinks _directoryLinks = new();
    private readonly HashSet<string> _again = new(StringComparer.Ordinal);
    private int _unknownsLeftOut;

    /// <summary>Links whose target has to be read under the link's name: its own name interests nobody.</summary>
    public PendingLinks Pending => _pending;

    /// <summary>Directories of package databases that are links: what is behind them has to be read under their names.</summary>
    public DirectoryLinks DirectoryLinks => _directoryLinks;

    /// <summary>True where something is left that takes a second reading.</summary>
    public bool NeedsSecondPass => !_pending.IsEmpty || !_directoryLinks.IsEmpty;

    /// <summary>Keeps the content of a file that several links lead to.</summary>
    public FileContent Share(string path, long size, Stream content)
    {
        var file = new FileContent(path, size, content, _spool);
        file.Keep();
        return file;
    }

    /// <summary>True where some extractor wants the path.</summary>
    public bool IsWanted(ReadOnlySpan<byte> path) => catalog.IsWanted(path);

    /// <summary>True where some extractor would look at the path as a program.</summary>
    public bool IsWantedAsProgram(ReadOnlySpan<byte> path, bool isExecutable) => catalog.IsWantedAsProgram(path, isExecutable);

    /// <summary>Takes a file.</summary>
    /// <param name="path">Its normal path.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="isExecutable">True where somebody may execute it.</param>
    /// <param name="content">Read only where the file is wanted.</param>
    public void AddFile(ReadOnlySpan<byte> path, long size, bool isExecutable, Stream content)
    {
        FindWanting(path);
        if (_wanting.Count > 0)
        {
            var name = Text(path);
            _files[name] = ExtractAs(name, size, content);
            return;
        }

        FindWantingProgram(path, isExecutable);
        if (_wanting.Count > 0 && size > 0)
        {
            var name = Text(path);
            var found = ExtractAs(name, size, content);
            if (found.Exists(f => !f.IsEmpty))
            {
                _files[name] = found;
                return;
            }
        }

        AddShadow(path);
    }

    /// <summary>Reads the target of a pending link under the name of the link, or a file that an extractor wants in any order.</summary>
    public void AddLinkTarget(string path, long size, Stream content)
    {
        var name = Encoding.UTF8.GetBytes(path);
        FindWanting(name);
        if (_wanting.Count == 0)
        {
            FindWantingProgram(name, isExecutable: true);
        }

        _files[path] = ExtractAs(path, size, content, keep: _again.Contains(path));
    }

    /// <summary>Takes a link. A hard link is the file it names; a symbolic one is followed only to where nobody looks otherwise.</summary>
    public void AddLink(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target, bool isSymbolic)
    {
        var name = Text(path);
        if (isSymbolic && !name.Contains('/', StringComparison.Ordinal))
        {
            meter.TakeCharacters(name.Length + target.Length);
            _rootLinks[name] = Text(target);
        }

        FindWanting(path);
        if (_wanting.Count == 0)
        {
            AddShadow(path);
            if (isSymbolic && PackageDatabases.IsOnTheWay(name) && !IsKnownDatabase(Text(target)))
            {
                _directoryLinks.Add(name, Text(target));
            }

            return;
        }

        var (isSame, found) = (WantsAll(target), _files.GetValueOrDefault(Text(target)));
        meter.TakeCharacters(name.Length + target.Length);
        meter.TakePackages(isSame && !isSymbolic && found is not null ? found.Sum(f => f.Packages.Length) : 0);
        _files[name] = isSame && !isSymbolic && found is not null
            ? [.. found.Select(f => f with { Path = name })]
            : [.. _wanting.Select(e => new FileFindings(name, e.Name))];
        if (!isSame || (!isSymbolic && found is null))
        {
            _pending.Add(Text(target), name);
        }
    }

    /// <summary>Takes a file behind a directory that is a link, under one of the names that it has through it; false where nobody wants that one.</summary>
    public bool WantsBehindLink(string path, string name)
    {
        FindWanting(Encoding.UTF8.GetBytes(name));
        return _wanting.Count > 0 && !_files.ContainsKey(name) && !WantsAll(Encoding.UTF8.GetBytes(path));
    }

    /// <summary>Takes a directory. One that is a record itself is kept as what is in it, so that it goes with its content and hides none.</summary>
    public void AddDirectory(ReadOnlySpan<byte> path)
    {
        if (catalog.OfDirectory(path) is { } extractor)
        {
            var name = Text(path);
            extractor.ExtractDirectory(name, _context);
            var found = _context.Take($"{name}/.", extractor.Name);
            if (!found.IsEmpty)
            {
                _files[found.Path] = [found];
            }
        }
    }

    /// <summary>Takes what is neither file, link nor directory; it hides what lies below it.</summary>
    public void AddOther(ReadOnlySpan<byte> path, string? reason)
    {
        FindWanting(path);
        if (_wanting.Count == 0)
        {
            AddShadow(path);
            return;
        }

        var name = Text(path);
        meter.TakeCharacters(name.Length);
        _files[name] = [.. _wanting.Select(e => new FileFindings(name, e.Name) { Unknowns = reason is null ? [] : [reason] })];
    }

    /// <summary>Takes the deletion of a path in the layers below.</summary>
    public void AddWhiteout(string path)
    {
        meter.TakeCharacters(path.Length);
        _whiteouts.Add(path);
    }

    /// <summary>Takes the deletion of all that the layers below have in a directory.</summary>
    public void AddOpaque(string directory)
    {
        meter.TakeCharacters(directory.Length);
        _opaque.Add(directory);
    }

    /// <summary>Takes a path that could not be read.</summary>
    public void AddUnknown(string path, string reason)
    {
        if (_unknowns.Count == limits.UnknownsPerLayer)
        {
            _unknownsLeftOut++;
            return;
        }

        _unknowns.Add(new FileUnknown(path, reason));
    }

    /// <summary>The index of all that was taken.</summary>
    public LayerIndex Build(long inflatedBytes)
    {
        foreach (var (target, link) in _pending.Unresolved)
        {
            AddUnknown(link, $"it is a link to '{target}', which is not in the same layer");
        }

        if (_unknownsLeftOut > 0)
        {
            _unknowns.Add(new FileUnknown("", $"{_unknownsLeftOut} more paths could not be read"));
        }

        return new LayerIndex
        {
            Files = [.. _files.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value)],
            Whiteouts = [.. _whiteouts.Order(StringComparer.Ordinal)],
            OpaqueDirectories = [.. _opaque.Order(StringComparer.Ordinal)],
            Shadows = _shadows.Build(),
            RootLinks = [.. _rootLinks.OrderBy(l => l.Key, StringComparer.Ordinal)],
            Unknowns = [.. _unknowns],
            InflatedBytes = inflatedBytes,
        };
    }

    /// <summary>True where the extractors look for a database in that directory too.</summary>
    private bool IsKnownDatabase(string directory) =>
        Array.Exists(KnownFiles, file => catalog.IsWanted(Encoding.UTF8.GetBytes($"{directory}/{file}")));

    private static string Text(ReadOnlySpan<byte> path) => Encoding.UTF8.GetString(path);

    private void FindWanting(ReadOnlySpan<byte> path) => catalog.FindWanting(path, _wanting);

    private void FindWantingProgram(ReadOnlySpan<byte> path, bool isExecutable) => catalog.FindWantingProgram(path, isExecutable, _wanting);

    private bool WantsAll(ReadOnlySpan<byte> path)
    {
        foreach (var extractor in _wanting)
        {
            if (!extractor.Wants(path))
            {
                return false;
            }
        }

        return true;
    }

    private void AddShadow(ReadOnlySpan<byte> path)
    {
        if (!LeafNames.IsLeaf(LayerPath.FileName(path)))
        {
            meter.TakeCharacters(path.Length);
            _shadows.Add(path);
        }
    }

    private List<FileFindings> ExtractAs(string path, long size, Stream content, bool keep = false)
    {
        meter.Where = path;
        meter.TakeCharacters(path.Length);
        using var file = new FileContent(path, size, content, _spool);
        if (keep)
        {
            file.Keep();
        }

        var found = new List<FileFindings>(_wanting.Count);
        foreach (var extractor in _wanting)
        {
            found.Add(Extract(extractor, file));
        }

        // Asking twice is no use: the second time all there is was given.
        if (_context.TakeReadAgain() && _again.Add(path))
        {
            _pending.Add(path, path);
        }

        return found;
    }

    private FileFindings Extract(IExtractor extractor, FileContent file)
    {
        if (file.Size > extractor.LargestFile)
        {
            _context.AddUnknown($"it has {file.Size} bytes; {extractor.Name} reads at most {extractor.LargestFile}");
            return _context.Take(file.Path, extractor.Name);
        }

        try
        {
            if (_wanting.Count > 1)
            {
                file.Keep();
            }

            extractor.Extract(file, _context);
        }
        catch (Exception e) when (e is not (InventoryException or OperationCanceledException or OutOfMemoryException))
        {
            _context.AddUnknown(JsonProblem.IsOne(e) ? JsonProblem.Reason(e) : $"it could not be read: {e.Message}");
        }

        return _context.Take(file.Path, extractor.Name);
    }
}
