using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Dart;

/// <summary>Packages of a Dart program: <c>pubspec.lock</c>, which pub writes in a fixed form: a package two blanks in, its fields four.</summary>
internal sealed class PubspecLockExtractor : IExtractor
{
    public string Name => "pub";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/pubspec.lock"u8) || path.SequenceEqual("pubspec.lock"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        string? name = null, version = null, source = null;
        var isInPackages = false;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var text = Encoding.UTF8.GetString(lines.Line).TrimEnd();
            var indent = text.Length - text.TrimStart(' ').Length;
            var (key, value) = Split(text);
            if (indent <= 2)
            {
                Report(name, version, source, context);
                (name, version, source) = (indent == 2 && isInPackages ? key : null, null, null);
                isInPackages = indent == 0 && text.Length > 0 ? key == "packages" : isInPackages;
            }
            else if (indent == 4)
            {
                version = key == "version" ? value : version;
                source = key == "source" ? value : source;
            }
        }

        Report(name, version, source, context);
    }

    private static (string Key, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line.Trim(), "") : (line[..colon].Trim(), line[(colon + 1)..].Trim().Trim('"', '\''));
    }

    /// <summary>What comes with the SDK, or lies beside the program, has no version of its own.</summary>
    private static void Report(string? name, string? version, string? source, ExtractionContext context)
    {
        if (name is not null && version is not null && source is "hosted" or "git")
        {
            context.Add(new PackageRecord { Type = "pub", Name = name!, Version = version!, Kind = ComponentType.Library });
        }
    }
}
