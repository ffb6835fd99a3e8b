using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Ruby;

/// <summary>
/// Gems that Bundler chose for a program: <c>Gemfile.lock</c>, a section for each source, under <c>specs:</c> a gem four blanks in and what it needs six. Where
/// the gems themselves are installed, they count, and the list of what could have been chosen says nothing more.
/// </summary>
internal sealed class GemfileLockExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "gem-lock";

    private const int GemIndent = 4;

    public string Name => Id;

    public int Version => 2;

    public long LargestFile => 16 << 20;

    // Gems bring the list of what they were developed with along.
    public bool Wants(ReadOnlySpan<byte> path) =>
        (path.EndsWith("/Gemfile.lock"u8) || path.EndsWith("/gems.locked"u8) || path.SequenceEqual("Gemfile.lock"u8)) && path.IndexOf("/gems/"u8) < 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        string section = "", remote = "";
        var isInSpecs = false;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = Encoding.UTF8.GetString(lines.Line).TrimEnd();
            var indent = line.Length - line.TrimStart(' ').Length;
            if (indent == 0)
            {
                (section, remote, isInSpecs) = (line, "", false);
            }
            else if (line.StartsWith("  remote:", StringComparison.Ordinal))
            {
                remote = line["  remote:".Length..].Trim();
            }
            else if (section == "GIT" && line.StartsWith("  revision:", StringComparison.Ordinal))
            {
                remote = $"{remote}#{line["  revision:".Length..].Trim()}";
            }
            else if (line == "  specs:")
            {
                isInSpecs = true;
            }
            else if (indent == GemIndent && isInSpecs && section is "GEM" or "GIT")
            {
                Report(line.Trim(), remote, context);
            }
        }
    }

    /// <summary><c>nokogiri (1.15.4-x86_64-linux)</c>: what follows the dash is the platform that the gem was built for.</summary>
    private static void Report(string entry, string remote, ExtractionContext context)
    {
        var open = entry.IndexOf(" (", StringComparison.Ordinal);
        if (open < 1 || !entry.EndsWith(')'))
        {
            context.AddUnknown($"'{entry}' has no version");
            return;
        }

        var version = entry[(open + 2)..^1];
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        context.Add(new PackageRecord
        {
            Type = "gem",
            Name = entry[..open],
            Version = dash > 0 ? version[..dash] : version,
            Kind = ComponentType.Library,
            Origin = remote.Length > 0 ? remote : null,
        });
    }
}
