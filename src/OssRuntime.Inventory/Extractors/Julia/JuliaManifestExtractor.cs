using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Julia;

/// <summary>
/// Packages of a Julia environment: <c>Manifest.toml</c>, which Pkg writes a table in for each, named <c>[[deps.NAME]]</c> since format 2 and <c>[[NAME]]</c>
/// before (Pkg's documentation, "Project.toml and Manifest.toml"). What comes with Julia itself has no version there.
/// </summary>
internal sealed class JuliaManifestExtractor : IExtractor
{
    public string Name => "julia";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path)
    {
        if (!path.EndsWith("Manifest.toml"u8) && !(path.EndsWith(".toml"u8) && LayerPath.FileName(path).StartsWith("Manifest-v"u8)))
        {
            return false;
        }

        // Packages bring the environments of their tests and manuals along.
        var name = LayerPath.FileName(path);
        return (name.StartsWith("Manifest"u8) || name.SequenceEqual("JuliaManifest.toml"u8)) && path.IndexOf("/test/"u8) < 0 && path.IndexOf("/docs/"u8) < 0;
    }

    public void Extract(FileContent file, ExtractionContext context)
    {
        string? name = null, version = null, uuid = null, origin = null;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = Encoding.UTF8.GetString(lines.Line).Trim();
            if (line.StartsWith('['))
            {
                Report(name, version, uuid, origin, context);
                (name, version, uuid, origin) = (NameOf(line), null, null, null);
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (name is not null && equals > 0)
            {
                var (key, value) = (line[..equals].TrimEnd(), line[(equals + 1)..].Trim().Trim('"'));
                version = key == "version" ? value : version;
                uuid = key == "uuid" ? value : uuid;
                origin = key == "repo-url" ? value : origin;
            }
        }

        Report(name, version, uuid, origin, context);
    }

    /// <summary>Null for a table that is no package: <c>[deps]</c>, or one inside a package's.</summary>
    private static string? NameOf(string line)
    {
        if (!line.StartsWith("[[", StringComparison.Ordinal) || !line.EndsWith("]]", StringComparison.Ordinal) || line.Length < 5)
        {
            return null;
        }

        var name = line[2..^2];
        name = name.StartsWith("deps.", StringComparison.Ordinal) ? name["deps.".Length..] : name;
        return name.Contains('.', StringComparison.Ordinal) ? null : name.Trim('"');
    }

    private static void Report(string? name, string? version, string? uuid, string? origin, ExtractionContext context)
    {
        if (name is null || version is null)
        {
            return;
        }

        if (uuid is null)
        {
            context.AddUnknown($"'{name}' has no uuid");
            return;
        }

        context.Add(new PackageRecord { Type = "julia", Name = name, Version = version, Uuid = uuid, Kind = ComponentType.Library, Origin = origin });
    }
}
