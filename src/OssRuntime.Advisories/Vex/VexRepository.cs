using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>
/// A VEX repository (VEX Repository Specification 0.1): an index of package URLs without version, each with the place of its document. It may lie
/// in a folder or in the packed archive that a manifest's location names. Only the documents on an image's components are read, for a
/// repository may have some hundred thousand statements; what was read is kept for the next image, up to a bound. Safe to use from many threads.
/// </summary>
public sealed class VexRepository
{
    private const string Index = "index.json";
    private const int MostDocuments = 10_000;
    private const long MostKeptBytes = 64 << 20;

    private readonly string _path;
    private readonly Dictionary<string, string> _locations;

    // By location; null for one that is not there or cannot be read.
    private readonly ConcurrentDictionary<string, VexDocument?> _kept = new(StringComparer.Ordinal);
    private long _keptBytes;

    private VexRepository(string path, Dictionary<string, string> locations) => (_path, _locations) = (path, locations);

    /// <summary>How many packages it speaks of.</summary>
    public int Packages => _locations.Count;

    /// <summary>True for a path that may be one: a folder, or an archive.</summary>
    public static bool Is(string path) => Directory.Exists(path) || TarFile.IsArchive(path);

    /// <summary>The index of a repository in a folder: it changes whenever the repository does.</summary>
    public static string IndexOf(string folder) => Path.Combine(folder, Index);

    /// <summary>Opens a repository.</summary>
    /// <exception cref="VexException">There is no index in it that can be read.</exception>
    public static VexRepository Open(string path)
    {
        try
        {
            var index = Directory.Exists(path)
                ? BoundedFile.Read(IndexOf(path), FeedLimits.Document)
                : TarFile.Read(path, name => Within(name) == Index).Select(entry => entry.Content).FirstOrDefault()
                    ?? throw new VexException($"{path} is not a VEX repository: it contains no {Index}");
            using var json = JsonDocument.Parse(index);
            var locations = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var package in json.RootElement.Items("packages"))
            {
                if (VexWords.Purl(package.Text("id")) is { } purl && package.Text("location") is { } location && IsInside(location))
                {
                    locations[Key(purl)] = location;
                }
            }

            return new VexRepository(path, locations);
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException or JsonException)
        {
            throw new VexException($"{path}: {exception.Message}");
        }
    }

    /// <summary>The documents on the image and on its components; one that cannot be read is told once and left out.</summary>
    public ImmutableArray<VexDocument> Read(VexSubject subject, Action<string> skipped)
    {
        var wanted = subject.Inventory.Components.Select(component => component.Purl).Select(Key)
            .Concat(Images(subject)).Distinct(StringComparer.Ordinal)
            .Select(key => _locations.GetValueOrDefault(key)).OfType<string>().Take(MostDocuments).ToHashSet(StringComparer.Ordinal);
        var documents = wanted.Select(location => _kept.GetValueOrDefault(location)).OfType<VexDocument>().ToList();
        wanted.ExceptWith(_kept.Keys);
        foreach (var (location, content) in Contents(wanted, skipped))
        {
            var document = Read(location, content, skipped);
            documents.AddRange(document is null ? [] : [document]);
            if (Interlocked.Add(ref _keptBytes, content.Length) <= MostKeptBytes)
            {
                _kept[location] = document;
            }
        }

        return [.. documents.OrderBy(document => document.Name, StringComparer.Ordinal)];
    }

    private static VexDocument? Read(string location, byte[] content, Action<string> skipped)
    {
        try
        {
            return VexReader.Read(content, location);
        }
        catch (VexException exception)
        {
            skipped(exception.Message);
            return null;
        }
    }

    private List<(string Location, byte[] Content)> Contents(HashSet<string> wanted, Action<string> skipped)
    {
        var found = new List<(string, byte[])>();
        if (wanted.Count == 0)
        {
            return found;
        }

        if (!Directory.Exists(_path))
        {
            Try(_path, () => found.AddRange(
                TarFile.Read(_path, name => wanted.Contains(Within(name))).Where(entry => entry.Content is not null).Select(entry => (Within(entry.Name), entry.Content!))));
            return found;
        }

        foreach (var location in wanted.Order(StringComparer.Ordinal))
        {
            Try(location, () => found.Add((location, BoundedFile.Read(Path.Combine(_path, location), FeedLimits.Document))));
        }

        return found;

        void Try(string name, Action read)
        {
            try
            {
                read();
            }
            catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
            {
                skipped($"{name}: {exception.Message}");
            }
        }
    }

    /// <summary>Under which keys the image itself may stand.</summary>
    private IEnumerable<string> Images(VexSubject subject) =>
        subject.Repository is { } repository ? _locations.Keys.Where(key => key.StartsWith("pkg:oci/", StringComparison.Ordinal) && key.Contains(repository, StringComparison.Ordinal)) : [];

    /// <summary>An archive holds one folder with the repository in it.</summary>
    private static string Within(string name)
    {
        var path = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>No location may lead out of the repository.</summary>
    private static bool IsInside(string location) =>
        location.Length is > 0 and < 4096 && !Path.IsPathRooted(location) && !location.Split('/', '\\').Contains("..");

    /// <summary>A package without version; of an image, the repository is what tells it from others.</summary>
    private static string Key(PackageUrl purl)
    {
        var name = purl.Namespace is null ? purl.Name : $"{purl.Namespace}/{purl.Name}";
        return purl.Type == "oci" ? $"pkg:oci/{purl.Qualifier("repository_url")}/{name}" : $"pkg:{purl.Type}/{name}";
    }
}
