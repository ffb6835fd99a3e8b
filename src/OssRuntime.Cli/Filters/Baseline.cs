using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Filters;

/// <summary>
/// The findings of an earlier scan (docs/scan-json.md): a flaw of a package that was there then is not new, in whatever version and place. What did not affect then is new
/// where it affects now.
/// </summary>
internal sealed class Baseline
{
    private readonly HashSet<(string Id, string Package)> _known;

    private Baseline(HashSet<(string Id, string Package)> known) => _known = known;

    /// <summary>Reads a report.</summary>
    /// <exception cref="CommandLineException">It cannot be read, or is no report of a scan.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.String || schema.GetString() != "ossruntime.scan/v1")
            {
                throw new CommandLineException(ExitCode.Unreadable, $"--baseline {path} is no report of a scan: write one with 'ossruntime scan … --format json -o {path}'");
            }

            return new Baseline([.. document.RootElement.GetProperty("targets").EnumerateArray().SelectMany(target => KnownOf(target))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe($"--baseline {path} cannot be read: {error.Message}"));
        }
    }

    /// <summary>True where the flaw was there before, by any of its ids.</summary>
    public bool Knows(Finding finding)
    {
        var package = PackageOf(finding.Component.Purl);
        return finding.Aliases.Prepend(finding.Id).Any(id => _known.Contains((id, package)));
    }

    private static ImmutableArray<(string Id, string Package)> KnownOf(JsonElement target)
    {
        if (!target.TryGetProperty("findings", out var findings))
        {
            return [];
        }

        return
        [
            .. findings.EnumerateArray()
                .Where(finding => finding.GetProperty("status").GetString() == nameof(FindingStatus.Affected))
                .SelectMany(finding => PackageUrl.TryParse(finding.GetProperty("component").GetString()!, out var purl, out _)
                    ? finding.GetProperty("aliases").EnumerateArray().Select(alias => alias.GetString()!).Prepend(finding.GetProperty("id").GetString()!).Select(id => (id, PackageOf(purl!)))
                    : []),
        ];
    }

    private static string PackageOf(PackageUrl purl) => $"{purl.Type}/{purl.Namespace}/{purl.Name}";
}
