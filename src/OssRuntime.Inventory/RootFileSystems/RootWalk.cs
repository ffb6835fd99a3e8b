using System.IO.Enumeration;
using System.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.RootFileSystems;

/// <summary>Walks a root file system and shows its files to the extractors. A file that nobody wants costs no system call of its own, one that may be a program one.</summary>
internal sealed class RootWalk
{
    private const int LongestPath = 4096 * 3;
    private const int ProgressStep = 4096;
    private const UnixFileMode AnyoneExecutes = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly EnumerationOptions EveryEntry = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _root;
    private readonly MountTable _mounts;
    private readonly LayerIndexBuilder _builder;
    private readonly IProgress<long>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly Stack<string> _directories = new();
    private readonly byte[] _path = new byte[LongestPath];
    private long _seen;

    /// <summary>Prepares a walk.</summary>
    /// <param name="root">The absolute path of the root.</param>
    /// <param name="mounts">What not to enter.</param>
    /// <param name="builder">Takes the files.</param>
    /// <param name="progress">Is told how many entries were seen.</param>
    /// <param name="cancellation">Ends the walk.</param>
    public RootWalk(string root, MountTable mounts, LayerIndexBuilder builder, IProgress<long>? progress, CancellationToken cancellation)
    {
        _root = root;
        _mounts = mounts;
        _builder = builder;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>Walks all of it.</summary>
    /// <exception cref="InventoryException">The root is no directory.</exception>
    public void Run()
    {
        if (!Directory.Exists(_root))
        {
            throw new InventoryException(FailureReason.SourceNotFound, $"there is no directory '{_root}'");
        }

        _directories.Push("");
        while (_directories.TryPop(out var directory))
        {
            _cancellation.ThrowIfCancellationRequested();
            try
            {
                Visit(directory);
            }
            catch (UnauthorizedAccessException)
            {
                _builder.AddUnknown(directory, "the directory may not be read");
            }
            catch (DirectoryNotFoundException)
            {
                // Gone since its parent was read.
            }
            catch (IOException e)
            {
                _builder.AddUnknown(directory, $"the directory could not be read: {e.Message}");
            }
        }

        foreach (var (target, link) in _builder.Pending.All.ToList())
        {
            FollowLink(target, link);
        }

        foreach (var target in _builder.DirectoryLinks.Targets.ToList())
        {
            FollowDirectory(target);
        }
    }

    private void Visit(string directory)
    {
        var absolute = Absolute(directory);
        var prefix = directory.Length == 0 ? 0 : Encoding.UTF8.GetBytes(directory + "/", _path);
        var wanted = new FileSystemEnumerable<string>(absolute, (ref FileSystemEntry entry) => entry.FileName.ToString(), EveryEntry)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsOfInterest(directory, prefix, ref entry),
        };
        foreach (var name in wanted)
        {
            AddFile(directory.Length == 0 ? name : $"{directory}/{name}");
        }
    }

    /// <summary>Pushes directories; true for a file or link that an extractor wants.</summary>
    private bool IsOfInterest(string directory, int prefix, ref FileSystemEntry entry)
    {
        if (++_seen % ProgressStep == 0)
        {
            _progress?.Report(_seen);
            _cancellation.ThrowIfCancellationRequested();
        }

        if (entry.IsDirectory)
        {
            var path = directory.Length == 0 ? entry.FileName.ToString() : $"{directory}/{entry.FileName}";
            if (entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            {
                return directory.Length == 0 || PackageDatabases.IsOnTheWay(path);
            }

            if (!_mounts.IsForeign(Absolute(path)) && Encoding.UTF8.GetByteCount(path) < LongestPath / 2)
            {
                _directories.Push(path);
                _builder.AddDirectory(Encoding.UTF8.GetBytes(path));
            }

            return false;
        }

        var length = prefix + Encoding.UTF8.GetBytes(entry.FileName, _path.AsSpan(prefix));
        return _builder.IsWanted(_path.AsSpan(0, length)) || _builder.IsWantedAsProgram(_path.AsSpan(0, length), isExecutable: true);
    }

    private void AddFile(string path)
    {
        var file = new FileInfo(Absolute(path));
        try
        {
            if (file.LinkTarget is { } target)
            {
                var directory = path[..Math.Max(0, path.LastIndexOf('/'))];
                var bytes = Encoding.UTF8.GetBytes(target.StartsWith('/') ? target : $"{directory}/{target}");
                var normal = new byte[bytes.Length];
                _builder.AddLink(Encoding.UTF8.GetBytes(path), normal.AsSpan(0, LayerPath.Normalize(bytes, normal)), isSymbolic: true);
            }
            else
            {
                var name = Encoding.UTF8.GetBytes(path);
                var isWanted = _builder.IsWanted(name);
                var isExecutable = !isWanted && (file.UnixFileMode & AnyoneExecutes) != UnixFileMode.None;
                if (isWanted || _builder.IsWantedAsProgram(name, isExecutable))
                {
                    Read(file, (size, content) => _builder.AddFile(name, size, isExecutable, content));
                }
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            _builder.AddUnknown(path, e is UnauthorizedAccessException ? "the file may not be read" : $"the file could not be read: {e.Message}");
        }
    }

    /// <summary>The files of a package database behind a link, if the way to them is plain.</summary>
    private void FollowDirectory(string target)
    {
        var directories = new Stack<string>([target]);
        while (IsPlain($"{target}/") && directories.TryPop(out var directory))
        {
            _cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var entry in new DirectoryInfo(Absolute(directory)).EnumerateFileSystemInfos("*", EveryEntry))
                {
                    var path = $"{directory}/{entry.Name}";
                    if (entry is DirectoryInfo && entry.LinkTarget is null && !_mounts.IsForeign(entry.FullName))
                    {
                        directories.Push(path);
                    }
                    else if (entry is FileInfo file && entry.LinkTarget is null)
                    {
                        FollowFile(path, file);
                    }
                }
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                _builder.AddUnknown(directory, $"a package database behind a link could not be read: {e.Message}");
            }
        }
    }

    private void FollowFile(string path, FileInfo file)
    {
        foreach (var name in _builder.DirectoryLinks.NamesOf(path))
        {
            if (_builder.WantsBehindLink(path, name))
            {
                Read(file, (size, content) => _builder.AddLinkTarget(name, size, content));
            }
        }
    }

    /// <summary>True where no directory on the way is a link: only then what is there is surely inside the root.</summary>
    private bool IsPlain(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (new DirectoryInfo(Absolute(path[..slash])).LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The target of a link, if no part of the way to it is a link again: only then it is surely inside the root.</summary>
    private void FollowLink(string target, string link)
    {
        try
        {
            var file = new FileInfo(Absolute(target));
            if (IsPlain(target) && file.Exists && file.LinkTarget is null && _builder.Pending.Resolve(target).Contains(link, StringComparer.Ordinal))
            {
                Read(file, (size, content) => _builder.AddLinkTarget(link, size, content));
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            _builder.AddUnknown(link, $"the target of the link could not be read: {e.Message}");
        }
    }

    private static void Read(FileInfo file, Action<long, Stream> take)
    {
        // An empty file, and all that is no file and has no length: pipes would block whoever opens them.
        if (file.Length == 0)
        {
            take(0, Stream.Null);
            return;
        }

        using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        take(file.Length, content);
    }

    private string Absolute(string path) => path.Length == 0 ? _root : _root.EndsWith('/') ? _root + path : $"{_root}/{path}";
}
