using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Merging;

/// <summary>
/// Lays the layers of an image over one another as a container runtime does (OCI image spec, layer.md): from the top down, a path that a
/// higher layer has, deletes, or puts under a file or an opaque directory is not seen in the lower ones.
/// </summary>
internal sealed class LayerMerger
{
    /// <summary>Paths of higher layers that take their place with all beneath.</summary>
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Paths that higher layers deleted, with all beneath.</summary>
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);

    /// <summary>Directories of higher layers whose lower content is gone.</summary>
    private readonly HashSet<string> _opaque = new(StringComparer.Ordinal);

    /// <summary>Directories that higher layers have something in: a file of a lower layer cannot be there any more.</summary>
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>Every path of every layer that says something, and the directories these are in: nothing else can be hidden.</summary>
    private readonly HashSet<string> _hideable = new(StringComparer.Ordinal);

    private readonly Dictionary<(string Path, string Extractor), MergedFile> _files = [];

    private LayerMerger(IEnumerable<LayerContent> layers)
    {
        foreach (var findings in layers.SelectMany(layer => layer.Index.Files))
        {
            _hideable.Add(findings.Path);
            AddDirectories(findings.Path);
        }
    }

    /// <summary>The files of the finished image in the order of their paths.</summary>
    /// <param name="layers">The lowest first.</param>
    public static IReadOnlyList<MergedFile> Merge(IReadOnlyList<LayerContent> layers)
    {
        var merger = new LayerMerger(layers);
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            merger.AddBelow(layers[i]);
        }

        return [.. merger._files.Values.OrderBy(f => f.Findings.Path, StringComparer.Ordinal)];
    }

    private void AddBelow(LayerContent layer)
    {
        foreach (var findings in layer.Index.Files)
        {
            Add(layer, findings);
        }

        var hideable = _hideable.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var findings in layer.Index.Files)
        {
            _taken.Add(findings.Path);
            var directory = findings.Path.AsSpan();
            while (TryGoUp(ref directory))
            {
                if (!hideable.TryGetValue(directory, out var text) || !_directories.Add(text))
                {
                    break;
                }
            }
        }

        foreach (var path in layer.Index.Shadows)
        {
            if (hideable.TryGetValue(path, out var hidden))
            {
                _taken.Add(hidden);
            }
        }

        _deleted.UnionWith(layer.Index.Whiteouts);
        _opaque.UnionWith(layer.Index.OpaqueDirectories);
    }

    private void Add(LayerContent layer, FileFindings findings)
    {
        var path = findings.Path;
        if (_deleted.Contains(path) || _directories.Contains(path) || IsBeneathHidden(path))
        {
            return;
        }

        if (!_taken.Contains(path))
        {
            _files.TryAdd((path, findings.Extractor), new MergedFile(layer.Layer, findings));
        }
        else if (_files.TryGetValue((path, findings.Extractor), out var file))
        {
            file.AddEarlier(new MergedFile(layer.Layer, findings));
        }
    }

    private bool IsBeneathHidden(string path)
    {
        if (_opaque.Contains(""))
        {
            return true;
        }

        var deleted = _deleted.GetAlternateLookup<ReadOnlySpan<char>>();
        var taken = _taken.GetAlternateLookup<ReadOnlySpan<char>>();
        var opaque = _opaque.GetAlternateLookup<ReadOnlySpan<char>>();
        var directory = path.AsSpan();
        while (TryGoUp(ref directory))
        {
            if (deleted.Contains(directory) || taken.Contains(directory) || opaque.Contains(directory))
            {
                return true;
            }
        }

        return false;
    }

    private void AddDirectories(string path)
    {
        var known = _hideable.GetAlternateLookup<ReadOnlySpan<char>>();
        var directory = path.AsSpan();
        while (TryGoUp(ref directory))
        {
            if (!known.Add(directory))
            {
                return;
            }
        }
    }

    /// <summary>From a path to the directory it is in; false at the top.</summary>
    private static bool TryGoUp(ref ReadOnlySpan<char> path)
    {
        var slash = path.LastIndexOf('/');
        path = slash > 0 ? path[..slash] : path;
        return slash > 0;
    }
}
