using OssRuntime.Inventory.Extractors;

namespace OssRuntime.Inventory.Merging;

/// <summary>Files that the records of a package manager name: what such a file says of itself is known already, and better.</summary>
internal sealed class ExplainedFiles
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Collects them. A record speaks of files in its own directory and below.</summary>
    public ExplainedFiles(IEnumerable<FileFindings> findings)
    {
        foreach (var file in findings)
        {
            if (file.Explained.IsEmpty)
            {
                continue;
            }

            var directory = file.Path[..(file.Path.LastIndexOf('/') + 1)];
            foreach (var name in file.Explained)
            {
                _paths.Add(directory + name);
            }
        }
    }

    /// <summary>True where a record in the file's directory, or in one above it, names the file.</summary>
    public bool Contains(string path)
    {
        if (_paths.Count == 0)
        {
            return false;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (_paths.Contains($"{path.AsSpan(0, slash + 1)}{name}"))
            {
                return true;
            }
        }

        return _paths.Contains(name);
    }
}
