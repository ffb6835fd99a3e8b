using System.Text.Json.Nodes;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Golden;

/// <summary>
/// What the sample feed says of the inventories of the sample images, as they were recorded in November 2026. Each line has the finding and beside it what
/// the advisory's own file says of the package; all lines were read by a person against those files (Golden/README.md). A difference is a change of
/// what users see: read the new lines in the same way before they take the place of the old ones.
/// </summary>
public class GoldenFindingsTests
{
    [Theory]
    [InlineData("alpine")]
    [InlineData("debian")]
    [InlineData("dotnet")]
    [InlineData("go")]
    [InlineData("java")]
    [InlineData("node")]
    [InlineData("python")]
    public async Task The_findings_of_a_sample_image_are_those_that_were_read(string image)
    {
        using var folder = new TemporaryFolder();
        await new DatabaseBuilder().BuildAsync([new FeedRoot(Feeds)], folder.At("sample.db"));
        using var database = AdvisoryDatabase.Open(folder.At("sample.db"));

        var findings = new Matcher(database).Match(Inventory(image), new DateOnly(2026, 9, 1)).Findings;

        var lines = findings.Select(Line).Distinct().ToList();
        if (Environment.GetEnvironmentVariable("OSSRUNTIME_WRITE_GOLDEN") is { Length: > 0 } target)
        {
            await File.WriteAllLinesAsync(Path.Combine(target, $"{image}.findings.tsv"), lines);
        }

        Assert.Equal(await File.ReadAllLinesAsync(At($"{image}.findings.tsv")), lines);
    }

    [Fact]
    public void Every_line_has_a_verdict_that_follows_from_what_stands_beside_it()
    {
        foreach (var file in Directory.EnumerateFiles(At("."), "*.findings.tsv"))
        {
            Assert.All(File.ReadLines(file), line => Assert.Equal(8, line.Split('\t').Length));
        }
    }

    private static string Feeds => Path.Combine(Repository, "config", "samples", "feeds");

    private static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!Directory.Exists(Path.Combine(folder.FullName, "config", "samples", "feeds")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }

    private static string At(string file) => Path.Combine(Repository, "tests", "OssRuntime.Advisories.Tests", "Golden", "testdata", file);

    private static ComponentInventory Inventory(string image) => new()
    {
        Components = [.. File.ReadLines(At($"{image}.components.tsv")).Where(line => !line.StartsWith('#')).Select(ReadComponent)],
    };

    private static Component ReadComponent(string line)
    {
        var columns = line.Split('\t');
        string? At(int column) => column < columns.Length && columns[column].Length > 0 ? columns[column] : null;
        return new Component
        {
            Purl = PackageUrl.TryParse(columns[0], out var purl, out _) ? purl! : throw new InvalidDataException(line),
            Type = Enum.Parse<ComponentType>(columns[1]),
            Ecosystem = Ecosystem.Parse(columns[2]),
            Name = columns[3],
            Version = columns[4],
            Source = At(5) is { } source ? new SourcePackage(source, At(6)!) : null,
            OwnedBy = At(7),
            Location = new ComponentLocation(null, ""),
        };
    }

    /// <summary>Id, advisory, package, version, verdict with its range, fix, severity, and what the advisory's file says.</summary>
    private static string Line(Finding finding)
    {
        var source = finding.Sources[0];
        var component = finding.Component;
        return string.Join(
            '\t',
            finding.Id,
            source.Advisory,
            component.Name,
            component.Source is { } from && from.Name != component.Name ? $"{component.Version} (source {from.Name} {from.Version})" : component.Version,
            $"affected: {source.Matched}",
            finding.FixedIn is { } fix ? $"fixed in {fix}" : finding.FixState.ToString(),
            finding.Severity,
            $"file: {Stated(source, component)}");
    }

    /// <summary>What the record says of the package, taken from its file without any of the code that is under test.</summary>
    private static string Stated(FindingSource source, Component component)
    {
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(Feeds, source.Feed, $"{source.Advisory}.json")))!;
        var parts = new List<string>();
        foreach (var affected in record["affected"]!.AsArray())
        {
            var name = affected!["package"]!["name"]!.ToString();
            if (string.Equals(name, component.Name, StringComparison.OrdinalIgnoreCase) || name == component.Source?.Name)
            {
                var ranges = affected["ranges"]?.AsArray().Select(range => string.Join(", ", range!["events"]!.AsArray().Select(e => string.Join(' ', e!.AsObject().Select(pair => $"{pair.Key} {pair.Value}"))))) ?? [];
                var versions = affected["versions"]?.AsArray().Select(version => version!.ToString()).ToList() ?? [];
                parts.Add($"{affected["package"]!["ecosystem"]} {string.Join("; ", ranges)}{(versions.Count == 0 ? "" : versions.Contains(component.Version) ? $"; listed among {versions.Count}" : $"; not listed among {versions.Count}")}");
            }
        }

        return string.Join(" | ", parts);
    }
}
