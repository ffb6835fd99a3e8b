using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Ruby;

/// <summary>
/// Installed gems, those that come with Ruby among them: RubyGems writes each one's specification to <c>specifications/NAME-VERSION.gemspec</c>, Ruby code
/// whose lines set one field each.
/// </summary>
internal sealed partial class GemspecExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "gem";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 8 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".gemspec"u8) && path.IndexOf("/specifications/"u8) >= 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        string? name = null, version = null;
        var licenses = new List<string>();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = Encoding.UTF8.GetString(lines.Line).Trim();
            name ??= Quoted(line, "name");
            version ??= Quoted(line, "version");
            if (Field(line, "license") is { } license)
            {
                licenses.AddRange(Text().Matches(license).Select(m => m.Groups["text"].Value));
            }
        }

        if (name is null || version is null)
        {
            context.AddUnknown("it sets no name or no version");
            return;
        }

        context.Add(new PackageRecord { Type = "gem", Name = name, Version = version, Kind = ComponentType.Library, Licenses = [.. licenses.Distinct(StringComparer.Ordinal)] });
    }

    /// <summary>What follows <c>s.name =</c>; the plural of a name is the same field.</summary>
    private static string? Field(string line, string name)
    {
        var dot = line.IndexOf('.', StringComparison.Ordinal);
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        return dot > 0 && equals > dot && line[(dot + 1)..equals].Trim().TrimEnd('s') == name ? line[(equals + 1)..] : null;
    }

    private static string? Quoted(string line, string name) =>
        Field(line, name) is { } value && Text().Match(value) is { Success: true } match ? match.Groups["text"].Value : null;

    [GeneratedRegex("""["'](?<text>[^"']{1,200})["']""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Text();
}
