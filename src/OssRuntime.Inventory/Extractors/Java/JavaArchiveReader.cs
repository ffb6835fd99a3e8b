using System.Security.Cryptography;
using System.Xml;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.EmbeddedSboms;
using OssRuntime.Inventory.Extractors.Zip;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>Reads one archive with all that are nested in it, under one budget.</summary>
internal sealed class JavaArchiveReader(Spool spool, JavaChecksumIndex? index, ExtractionContext context)
{
    private const int LargestRecord = 4 << 20;
    private const int MostArchives = 20_000;

    /// <summary>What tells a jar that Maven's files are not in.</summary>
    private const string InferredFrom = "manifest, classes and file name";

    private long _budget = context.NestedBytes;
    private int _archives;

    /// <summary>Reads the archive at a path of the image.</summary>
    /// <exception cref="InvalidDataException">It is no zip archive.</exception>
    public void Read(RandomContent content, string path) => ReadArchive(content, path, inside: null, depth: 0);

    private void ReadArchive(RandomContent content, string path, string? inside, int depth)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var name = JarName.Parse(inside ?? path);
        if (name.IsWithoutCode)
        {
            return;
        }

        var zip = new ZipDirectory(content, context.Meter);
        var entries = zip.Find(name => JavaPaths.IsArchive(name) || JavaPaths.IsManifest(name) || JavaPaths.IsSbom(name) || JavaPaths.IsPomProperties(name) || JavaPaths.IsPom(name));
        ReadIdentity(content, zip, entries, name, inside);
        foreach (var entry in entries)
        {
            var entryName = System.Text.Encoding.UTF8.GetBytes(entry.Name);
            if (JavaPaths.IsArchive(entryName))
            {
                ReadNested(zip, entry, path, inside is null ? entry.Name : $"{inside}!/{entry.Name}", depth + 1);
            }
            else if (JavaPaths.IsSbom(entryName))
            {
                EmbeddedSbomExtractor.Report(new MemoryStream(ReadRecord(zip, entry), writable: false), path, context);
            }
        }
    }

    private void ReadNested(ZipDirectory zip, ZipEntry entry, string path, string inside, int depth)
    {
        if (depth > context.Nesting || ++_archives > MostArchives)
        {
            context.AddUnknown(depth > context.Nesting
                ? $"'{inside}' is nested more than {context.Nesting} deep"
                : $"it holds more than {MostArchives} archives");
            return;
        }

        try
        {
            using var content = zip.Slice(entry) ?? Inflate(zip, entry);
            ReadArchive(content, path, inside, depth);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            context.AddUnknown($"'{inside}' could not be read: {e.Message}");
        }
    }

    private RandomContent Inflate(ZipDirectory zip, ZipEntry entry)
    {
        using var stream = zip.Open(entry);
        var content = spool.Keep(stream, entry.Size, Math.Min(entry.Size, _budget));

        // What is given up halfway leaves the others theirs; it counts for the image all the same.
        _budget -= content.Length;
        return content;
    }

    private void ReadIdentity(RandomContent content, ZipDirectory zip, IReadOnlyList<ZipEntry> entries, JarName name, string? inside)
    {
        var found = new HashSet<MavenIdentity>();

        // Archives may have two entries of one name: each is read.
        var poms = entries.Where(e => e.Name.EndsWith("/pom.xml", StringComparison.Ordinal)).ToLookup(e => Directory(e.Name), StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Name.EndsWith("/pom.properties", StringComparison.Ordinal)))
        {
            if (PomProperties.Parse(ReadRecord(zip, entry)) is { } identity && found.Add(identity))
            {
                var folder = Directory(entry.Name);
                told.Add(folder);
                Add(identity, poms[folder].FirstOrDefault() is { } pom ? LicensesOf(zip, pom) : [], inside);
            }
        }

        foreach (var entry in poms.Where(folder => !told.Contains(folder.Key)).SelectMany(folder => folder))
        {
            if (ReadPom(zip, entry) is { Identity: { } identity } pom && found.Add(identity))
            {
                Add(identity, pom.Licenses, inside);
            }
        }

        // Maven's files speak of the jar itself where one has the jar's name; the others are libraries packed into it. A jar that has only
        // those is told by its own name, if that has a version.
        var fileName = name.File;
        if (found.Count > 0 && (name.Version is null || found.Any(i => fileName.StartsWith(i.Artifact, StringComparison.OrdinalIgnoreCase) || fileName.StartsWith($"{i.Group}.{i.Artifact}", StringComparison.OrdinalIgnoreCase))))
        {
            return;
        }

        if (index is not null && index.Find(Sha1Of(content)) is { } known)
        {
            if (found.Add(known))
            {
                Add(known, [], inside);
            }

            return;
        }

        var manifest = entries.FirstOrDefault(e => JavaPaths.IsManifest(System.Text.Encoding.UTF8.GetBytes(e.Name)));
        var classes = new ClassPackages(zip.Find(JavaPaths.IsClass).Select(entry => entry.Name));
        if (JarIdentity.Of(new JarManifest(manifest is null ? [] : ReadRecord(zip, manifest)), name, classes) is { } guess && !found.Any(i => i.Artifact == guess.Artifact))
        {
            Add(guess, [], inside, InferredFrom);
        }
    }

    /// <summary>Maven repositories publish no better hash for most of what is old enough to be unknown; nothing here trusts it.</summary>
    private static string Sha1Of(RandomContent content)
    {
#pragma warning disable CA5350 // The index is by SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData(new RandomContentStream(content, 0, content.Length)));
#pragma warning restore CA5350
    }

    private static string Directory(string name) => name[..name.LastIndexOf('/')];

    private IReadOnlyList<string> LicensesOf(ZipDirectory zip, ZipEntry entry) => ReadPom(zip, entry)?.Licenses ?? [];

    private PomFile? ReadPom(ZipDirectory zip, ZipEntry entry)
    {
        try
        {
            return PomFile.Parse(new MemoryStream(ReadRecord(zip, entry)));
        }
        catch (XmlException)
        {
            context.AddUnknown($"'{entry.Name}' is not valid XML");
            return null;
        }
    }

    private byte[] ReadRecord(ZipDirectory zip, ZipEntry entry) => ZipRecord.Read(zip, entry, LargestRecord, context.AddUnknown);

    private void Add(MavenIdentity identity, IReadOnlyList<string> licenses, string? inside, string? evidence = null) => context.Add(new PackageRecord
    {
        Evidence = evidence,
        Type = "maven",
        Name = $"{identity.Group}:{identity.Artifact}",
        Version = identity.Version,
        Licenses = [.. licenses.Where(l => l.Length > 0).Distinct(StringComparer.Ordinal)],
        Inside = inside,
        Kind = ComponentType.Library,
    });
}
