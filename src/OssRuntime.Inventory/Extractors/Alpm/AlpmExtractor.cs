using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Alpm;

/// <summary>
/// The packages of Arch Linux and its kin: <c>var/lib/pacman/local/NAME-VERSION/desc</c> and, beside it, <c>files</c>. Both are blocks of lines under a
/// name between percent signs, ended by an empty line.
/// </summary>
internal sealed class AlpmExtractor : IExtractor
{
    public string Name => "alpm";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.StartsWith("var/lib/pacman/local/"u8) && (path.EndsWith("/desc"u8) || path.EndsWith("/files"u8));

    public void Extract(FileContent file, ExtractionContext context)
    {
        var fields = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? values = null;
        var owned = new PathListBuilder();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (lines.Line.Length > 2 && lines.Line[0] == '%' && lines.Line[^1] == '%')
            {
                fields[Encoding.UTF8.GetString(lines.Line[1..^1])] = values = [];
            }
            else if (!lines.Line.IsEmpty && values != fields.GetValueOrDefault("FILES"))
            {
                values?.Add(Encoding.UTF8.GetString(lines.Line));
            }
            else if (!lines.Line.IsEmpty && context.IsWorthOwning(lines.Line))
            {
                owned.Add(lines.Line);
            }
        }

        string? First(string name) => fields.GetValueOrDefault(name)?.FirstOrDefault();
        if (file.Path.EndsWith("/files", StringComparison.Ordinal))
        {
            context.AddOwned(PackageOf(file.Path.Split('/')[^2]), null, owned);
        }
        else if (First("NAME") is { } name && First("VERSION") is { } version)
        {
            context.Add(new PackageRecord
            {
                Type = "alpm",
                Name = name,
                Version = version,
                Architecture = First("ARCH"),
                Kind = ComponentType.OsPackage,
                Source = new SourcePackage(First("BASE") ?? name, version),
                Licenses = [.. fields.GetValueOrDefault("LICENSE") ?? []],
                Vendor = First("PACKAGER"),
            });
        }
        else
        {
            context.AddUnknown("it has no name or no version");
        }
    }

    /// <summary>A directory is called <c>name-version-release</c>.</summary>
    private static string PackageOf(string directory)
    {
        var release = directory.LastIndexOf('-');
        var version = release < 1 ? -1 : directory.LastIndexOf('-', release - 1);
        return version < 1 ? directory : directory[..version];
    }
}
