using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Php;

/// <summary>
/// WordPress, by <c>wp-includes/version.php</c>, and its plug-ins, by the comment at the head of one of the files in their directory (WordPress' "Header
/// Requirements").
/// </summary>
internal sealed partial class WordPressExtractor : IExtractor
{
    private const int HeadLength = 8 << 10;

    public string Name => "wordpress";

    public int Version => 2;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path)
    {
        if (!path.EndsWith(".php"u8))
        {
            return false;
        }

        if (path.EndsWith("/wp-includes/version.php"u8))
        {
            return true;
        }

        var plugins = path.LastIndexOf("/wp-content/plugins/"u8);
        return plugins >= 0 && path[(plugins + "/wp-content/plugins/"u8.Length)..].Count((byte)'/') <= 1;
    }

    public void Extract(FileContent file, ExtractionContext context)
    {
        var all = file.ReadAll();
        var head = Encoding.UTF8.GetString(all[..Math.Min(all.Length, HeadLength)]);
        if (file.Path.EndsWith("/version.php", StringComparison.Ordinal) && file.Path.Contains("/wp-includes/", StringComparison.Ordinal))
        {
            if (CoreVersion().Match(head) is { Success: true } core)
            {
                var version = core.Groups["version"].Value;
                context.Add(Record("wordpress", version) with { Cpe = $"cpe:2.3:a:wordpress:wordpress:{version}:*:*:*:*:*:*:*" });
            }
            else
            {
                context.AddUnknown("it does not set WordPress' version");
            }
        }
        else if (PluginName().IsMatch(head) && PluginVersion().Match(head) is { Success: true } plugin)
        {
            context.Add(Record($"wordpress-plugin-{SlugOf(file.Path)}", plugin.Groups["version"].Value));
        }
    }

    /// <summary>A plug-in goes by its directory; small ones are one file in the directory of all.</summary>
    private static string SlugOf(string path)
    {
        var parts = path.Split('/');
        return parts[^2] == "plugins" && parts[^3] == "wp-content" ? parts[^1][..^".php".Length] : parts[^2];
    }

    private static PackageRecord Record(string name, string version) =>
        new() { Type = "generic", Name = name, Version = version, Kind = ComponentType.Application };

    [GeneratedRegex("""\$wp_version\s{0,9}=\s{0,9}["'](?<version>[0-9][0-9A-Za-z.-]{0,30})["']""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CoreVersion();

    [GeneratedRegex(@"^[ \t/*#@]{0,20}Plugin Name:", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PluginName();

    [GeneratedRegex(@"^[ \t/*#@]{0,20}Version:[ \t]{0,20}(?<version>[0-9][0-9A-Za-z.+-]{0,40})", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PluginVersion();
}
