using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests;

/// <summary>The sample feed finds in the sample images what it is there to find.</summary>
public sealed class SampleFeedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_record_is_sound()
    {
        var info = await BuildAsync();

        Assert.InRange(info.Advisories, 30, 60);
        Assert.All(info.Sources, source => Assert.Empty(source.Reasons));
        Assert.All(info.Sources, source => Assert.Empty(source.Failures));
        Assert.Equal(2, info.Exploited);
    }

    [Theory]
    [InlineData("npm", "lodash", "4.17.15", 3, Severity.High)]
    [InlineData("npm", "minimist", "1.2.5", 1, Severity.Critical)]
    [InlineData("npm", "minimist", "1.2.8", 0, Severity.Unknown)]
    [InlineData("npm", "axios", "0.21.1", 3, Severity.High)]
    [InlineData("npm", "ejs", "3.1.6", 2, Severity.Critical)]
    [InlineData("npm", "express", "4.17.1", 1, Severity.Medium)]
    [InlineData("npm", "qs", "6.7.0", 1, Severity.High)]
    [InlineData("npm", "braces", "2.3.2", 1, Severity.High)]
    [InlineData("npm", "braces", "3.0.3", 0, Severity.Unknown)]
    [InlineData("npm", "event-stream", "3.3.6", 1, Severity.Malicious)]
    [InlineData("npm", "event-stream", "4.0.1", 0, Severity.Unknown)]
    [InlineData("PyPI", "Django", "2.2.0", 3, Severity.Critical)]
    [InlineData("PyPI", "requests", "2.19.0", 2, Severity.High)]
    [InlineData("PyPI", "PyYAML", "5.1", 2, Severity.Critical)]
    [InlineData("PyPI", "urllib3", "1.24.1", 2, Severity.High)]
    [InlineData("PyPI", "Jinja2", "2.10", 2, Severity.High)]
    [InlineData("PyPI", "Flask-Cors", "3.0.8", 1, Severity.High)]
    [InlineData("PyPI", "Pillow", "8.1.0", 2, Severity.Critical)]
    [InlineData("Maven", "log4j:log4j", "1.2.17", 1, Severity.Critical)]
    [InlineData("NuGet", "newtonsoft.json", "9.0.1", 1, Severity.High)]
    public async Task Known_flaws_of_the_sample_images_are_found(string ecosystem, string name, string version, int findings, Severity worst)
    {
        var found = await FindingsAsync(Components.Of(ecosystem, "generic", name, version));

        Assert.Equal(findings, found.Count);
        Assert.Equal(worst, found.Select(finding => finding.Severity).FirstOrDefault());
    }

    [Fact]
    public async Task Exploited_flaws_are_marked()
    {
        var pillow = await FindingsAsync(Components.PyPI("Pillow", "8.1.0"));
        var nghttp2 = await FindingsAsync(Components.Of("Alpine:v3.18", "generic", "nghttp2-libs", "1.55.1-r0") with { Source = new SourcePackage("nghttp2", "1.55.1-r0") });

        Assert.Contains(pillow, finding => finding is { Id: "CVE-2023-4863", KnownExploited: true, Epss: > 0.9 });
        Assert.Equal(("CVE-2023-44487", true, "1.57.0-r0"), (nghttp2[0].Id, nghttp2[0].KnownExploited, nghttp2[0].FixedIn));
    }

    [Fact]
    public async Task Packages_of_Debian_12_are_asked_for_by_their_source()
    {
        var findings = await FindingsAsync(
            Components.Debian("zlib1g", "1:1.2.13.dfsg-1", "zlib", "1:1.2.13.dfsg-1"),
            Components.Debian("bsdutils", "1:2.38.1-5+deb12u3", "util-linux", "2.38.1-5+deb12u3"),
            Components.Debian("libc6", "2.36-9+deb12u14", "glibc"));

        Assert.Equal([("CVE-2023-45853", Severity.High), ("CVE-2022-0563", Severity.Low)], findings.Select(finding => (finding.Id, finding.Severity)));
        Assert.Equal("DEBIAN-CVE-2022-0563 of osv/Debian calls it unimportant", findings[1].VectorReason);
    }

    [Fact]
    public async Task Debian_12_and_its_runtimes_have_their_days()
    {
        await BuildAsync();
        using var database = AdvisoryDatabase.Open(_folder.At("sample.db"));
        var inventory = new ComponentInventory
        {
            OsRelease = new OsRelease("debian", "12", "bookworm", "Debian GNU/Linux 12 (bookworm)", []),
            Components = [Components.Of("generic", "generic", "node", "18.20.4") with { Type = ComponentType.Runtime }],
        };

        var lifecycles = new Matcher(database).Match(inventory, new DateOnly(2026, 7, 1)).Lifecycles;

        Assert.Equal(
            [("debian", "12", LifecycleState.Supported, 10), ("nodejs", "18", LifecycleState.EndOfLife, -427)],
            lifecycles.Select(status => (status.Product, status.Cycle, status.State, status.DaysUntilEndOfLife!.Value)));
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(params Component[] components)
    {
        await BuildAsync();
        using var database = AdvisoryDatabase.Open(_folder.At("sample.db"));
        return new Matcher(database).Match(new ComponentInventory { Components = [.. components] }, new DateOnly(2026, 9, 1)).Findings;
    }

    private Task<DatabaseInfo> BuildAsync() => new DatabaseBuilder().BuildAsync([new FeedRoot(Path.Combine(Repository(), "config", "samples", "feeds"))], _folder.At("sample.db"));

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OssRuntime.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not run below the repository");
        }

        return folder;
    }
}
