using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Perl;

/// <summary>
/// Modules that were installed beside Perl's own: ExtUtils::MakeMaker appends each to <c>perllocal.pod</c>, a heading with the module's name and a list with its
/// version. What was installed again stands there again, and the last entry counts.
/// </summary>
internal sealed partial class PerlLocalExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "perl-local";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/perllocal.pod"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        string? module = null;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (!lines.Line.StartsWith("=head2"u8) && !lines.Line.StartsWith("C<VERSION"u8))
            {
                continue;
            }

            var line = Encoding.UTF8.GetString(lines.Line);
            if (Heading().Match(line) is { Success: true } heading)
            {
                module = heading.Groups["module"].Value;
            }
            else if (module is not null && Stated().Match(line) is { Success: true } stated)
            {
                versions[module] = stated.Groups["version"].Value;
                module = null;
            }
        }

        foreach (var (name, version) in versions.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            context.Add(new PackageRecord { Type = "cpan", Name = PerlNames.Distribution(name), Version = PerlNames.Version(version), Kind = ComponentType.Library });
        }
    }

    [GeneratedRegex(@"C<Module>\s{1,9}L<(?<module>[A-Za-z_][A-Za-z0-9_:]{0,200})[|>]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^C<VERSION:\s{0,9}(?<version>v?[0-9][0-9A-Za-z._-]{0,50})>", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Stated();
}
