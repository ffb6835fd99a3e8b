using System.Text;
using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;
using ZstdSharp;

namespace OssRuntime.Inventory.Extractors.Chisel;

/// <summary>
/// The packages of Ubuntu that Chisel cut into slices: <c>var/lib/chisel/manifest.wall</c>, JSON documents in zstd, one a line (Chisel's documentation, "jsonwall"). Of kind
/// <c>package</c> each names a package; <c>path</c> and <c>content</c> tell whose files are there, by slices that are called <c>PACKAGE_PART</c>.
/// </summary>
internal sealed class ChiselManifestExtractor : IExtractor
{
    private const int LongestManifest = 64 << 20;

    public string Name => "chisel";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.SequenceEqual("var/lib/chisel/manifest.wall"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var stream = new DecompressionStream(file.Open(), leaveOpen: false);
        var owned = new SortedDictionary<string, PathListBuilder>(StringComparer.Ordinal);
        var lines = new LineReader(Inflate(stream));
        while (lines.MoveNext())
        {
            if (lines.Line.IsEmpty)
            {
                continue;
            }

            try
            {
                using var entry = JsonDocument.Parse(lines.Line.ToArray());
                Take(entry.RootElement, owned, context);
            }
            catch (JsonException e)
            {
                context.AddUnknown($"line {lines.Number} is no JSON: {e.Message}");
            }
        }

        foreach (var (package, paths) in owned)
        {
            context.AddOwned(package, null, paths);
        }
    }

    private static byte[] Inflate(Stream stream)
    {
        var manifest = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                if (manifest.Length + read > LongestManifest)
                {
                    throw new InvalidDataException($"it inflates to more than {LongestManifest} bytes");
                }

                manifest.Write(buffer, 0, read);
            }
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException($"it is no zstd, or damaged: {e.Message}", e);
        }

        return manifest.ToArray();
    }

    private static void Take(JsonElement entry, SortedDictionary<string, PathListBuilder> owned, ExtractionContext context)
    {
        switch (Text(entry, "kind"))
        {
            case "package" when Text(entry, "name") is { } name && Text(entry, "version") is { } version:
                context.Add(new PackageRecord { Type = "deb", Name = name, Version = version, Architecture = Text(entry, "arch"), Kind = ComponentType.OsPackage });
                break;
            case "package":
                context.AddUnknown("a package has no name or no version");
                break;
            case "content" when Text(entry, "slice") is { } slice && Text(entry, "path") is { } path && slice.IndexOf('_', StringComparison.Ordinal) is > 0 and var end:
                var bytes = Encoding.UTF8.GetBytes(path.TrimStart('/'));
                if (context.IsWorthOwning(bytes))
                {
                    (owned.TryGetValue(slice[..end], out var paths) ? paths : owned[slice[..end]] = new PathListBuilder()).Add(bytes);
                }

                break;
            default:
                break;
        }
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
