using System.IO.Compression;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Names;

public class NameCheckTests
{
    private static readonly Dictionary<string, string> Feeds = new()
    {
        ["names/npm.tsv"] = "cross-env\t9000\nlodash\t99000\n@babel/core\t80000\ndiscord.js\t7000\nboto3\t6000\nvue\t5000\nshopthing\t2\nacme-internal\t1\n",
        ["names/pypi.tsv"] = "ipython\t2026-01\t3\nrequests\t2026-01\t1\nscikit-learn\t2026-01\t2\nReqeusts\t2020-01\t\nsmall.thing\t2020-01\t\n\t\t\n",
    };

    [Theory]
    [InlineData("npm", "crossenv", "cross-env", "separators or scope")]
    [InlineData("npm", "babel-core", "@babel/core", "separators or scope")]
    [InlineData("npm", "dlscordjs", "discord.js", "characters that look alike")]
    [InlineData("npm", "lodahs", "lodash", "one character")]
    [InlineData("npm", "lodas", "lodash", "one character")]
    [InlineData("npm", "lodashs", "lodash", "one character")]
    [InlineData("npm", "lodesh", "lodash", "one character")]
    [InlineData("PyPI", "scikit_lean", "scikit-learn", "one character")]
    [InlineData("PyPI", "scikitlearn", "scikit-learn", "separators or scope")]
    public async Task A_name_that_looks_like_a_popular_one_is_told(string ecosystem, string name, string popular, string how)
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);

        var finding = Assert.Single(database.Findings(Components.Of(ecosystem, "generic", name, "1.0.0")), finding => finding.Id == "NAME-LOOKALIKE");

        Assert.Equal(Severity.Medium, finding.Severity);
        Assert.Contains(popular, finding.Summary, StringComparison.Ordinal);
        Assert.Contains(how, finding.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npm", "lodash")]
    [InlineData("npm", "vues")]
    [InlineData("npm", "boto4")]
    [InlineData("npm", "something-else")]
    [InlineData("PyPI", "Requests")]
    [InlineData("PyPI", "small-thing")]
    [InlineData("PyPI", "Python")]
    [InlineData("RubyGems", "lodahs")]
    public async Task Popular_short_numbered_and_unlike_names_are_left_alone(string ecosystem, string name)
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);

        Assert.Empty(database.Findings(Components.Of(ecosystem, "generic", name, "1.0.0")));
    }

    [Fact]
    public async Task A_published_look_alike_weighs_less()
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);

        Assert.Equal(Severity.Low, Assert.Single(database.Findings(Components.PyPI("reqeusts", "1.0"))).Severity);
    }

    [Fact]
    public async Task A_name_that_nobody_published_is_told_where_the_list_is_complete()
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);

        Assert.Equal("NAME-UNKNOWN", Assert.Single(database.Findings(Components.PyPI("an-invented-name", "1.0"))).Id);
        Assert.Empty(database.Findings(Components.Npm("an-invented-name", "1.0.0")));
        Assert.Empty(database.Findings(Components.PyPI("an-invented-name", "1.0") with { Origin = "git+https://git.example/it" }));
        Assert.Empty(database.Findings(Components.PyPI("an-invented-name", "1.0") with { OwnedBy = "pkg:deb/debian/it" }));
    }

    [Theory]
    [InlineData("@acme/web", "https://registry.npmjs.org/@acme/web/-/web-1.0.0.tgz", "NAME-RESERVED", Severity.High)]
    [InlineData("@acme/web", "https://npm.acme.example/web-1.0.0.tgz", null, Severity.Unknown)]
    [InlineData("@acme/web", null, null, Severity.Unknown)]
    [InlineData("acme-internal", null, "NAME-SHADOWED", Severity.Low)]
    [InlineData("acme-internal", "https://npm.acme.example/acme-internal-1.0.0.tgz", "NAME-SHADOWED", Severity.Low)]
    [InlineData("acme-other", null, null, Severity.Unknown)]
    public async Task A_kept_name_may_come_from_its_owner_alone(string name, string? origin, string? id, Severity severity)
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);
        var options = new MatchOptions
        {
            ReservedNames = [new ReservedNames("npm", "@acme/*", ["https://npm.acme.example/"]), new ReservedNames("npm", "acme-internal", ["https://npm.acme.example/"])],
        };

        var finding = new Matcher(database.Database, options)
            .Match(new ComponentInventory { Components = [Components.Npm(name, "1.0.0") with { Origin = origin }] }, new DateOnly(2026, 9, 1)).Findings.SingleOrDefault();

        Assert.Equal((id, severity), (finding?.Id, finding?.Severity ?? Severity.Unknown));
    }

    [Fact]
    public async Task Malware_that_would_condemn_a_popular_package_is_held_back()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>(Feeds)
        {
            ["osv/npm/MAL-2026-1.json"] = Records.Range("MAL-2026-1", "npm", "lodash", "introduced 0"),
            ["osv/npm/MAL-2026-2.json"] = Records.Range("MAL-2026-2", "npm", "lodahs", "introduced 0"),
            ["osv/npm/MAL-2026-3.json"] = Records.Of("MAL-2026-3", "npm", "vue", Records.Versions("6.6.6")),
        });

        Assert.Equal(["MAL-2026-1: npm/lodash"], database.Info.HeldBack);
        Assert.Equal(FindingStatus.UnderInvestigation, Assert.Single(database.Findings(Components.Npm("lodash", "4.17.21"))).Status);
        Assert.Contains(database.Findings(Components.Npm("lodahs", "1.0.0")), finding => finding.Severity == Severity.Malicious);
        Assert.Equal(Severity.Malicious, Assert.Single(database.Findings(Components.Npm("vue", "6.6.6"))).Severity);
    }

    [Fact]
    public async Task A_line_without_a_name_is_counted()
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);

        Assert.Equal([("names/npm", 8, 8, 0), ("names/pypi", 6, 5, 1)], database.Info.Sources.Select(source => (source.Name, (int)source.Read, (int)source.Kept, (int)source.Skipped)));
    }

    [Theory]
    [InlineData("npm", "npm", 20_000)]
    [InlineData("PyPI", "pypi", 15_000)]
    public async Task None_of_the_most_popular_names_looks_like_another_and_few_of_the_rest_do(string ecosystem, string file, int popular)
    {
        foreach (var (isReal, database, _) in await Corpora.OfAsync("names"))
        {
            var names = ReadNames(isReal, file);
            var matcher = new Matcher(database);

            var alarms = Count(matcher, ecosystem, names.Take(popular));
            var others = names.Skip(popular).Where((_, place) => place % 20 == 0).ToList();
            var rest = Count(matcher, ecosystem, others);

            TestContext.Current.TestOutputHelper?.WriteLine($"{ecosystem}: {alarms} of the {popular} most popular names, {rest} of {others.Count} others ({100.0 * rest / others.Count:0.00} %)");
            Assert.True(alarms * 10_000 < Math.Min(popular, names.Count), $"{alarms} false alarms in {popular} names");
            Assert.True(rest <= others.Count / 150, $"{rest} alarms in {others.Count} names");
        }
    }

    [Fact]
    public async Task Nothing_that_exists_in_PyPI_is_called_unknown()
    {
        foreach (var (isReal, database, info) in await Corpora.OfAsync("names"))
        {
            var names = ReadNames(isReal, "pypi").Where((_, place) => !isReal || place % 50 == 0);

            var findings = Match(new Matcher(database), "PyPI", names);

            Assert.DoesNotContain(findings, finding => finding.Id == "NAME-UNKNOWN");
            Assert.Contains(Match(new Matcher(database), "PyPI", ["nobody-published-this-name"]), finding => finding.Id == "NAME-UNKNOWN");
            Assert.Equal(isReal ? [226_993, 886_323] : [15, 56], info.Sources.Select(source => (int)source.Read));
            Assert.InRange(info.MatchingLength, 1, 80 << 20);
        }
    }

    private static int Count(Matcher matcher, string ecosystem, IEnumerable<string> names) =>
        Match(matcher, ecosystem, names).Count(finding => finding.Id == "NAME-LOOKALIKE");

    private static IReadOnlyList<Finding> Match(Matcher matcher, string ecosystem, IEnumerable<string> names)
    {
        var purl = PackageUrl.Of("generic", null, "any", "1");
        var component = Components.Of(ecosystem, "generic", "any", "1");
        return matcher.Match(
            new ComponentInventory { Components = [.. names.Select(name => component with { Name = name, Purl = purl })] }, new DateOnly(2026, 9, 1)).Findings;
    }

    /// <summary>The names of a list, the most popular first.</summary>
    private static List<string> ReadNames(bool isReal, string file)
    {
        using var lines = isReal
            ? new StreamReader(new GZipStream(File.OpenRead(SharedFeeds.Root!.At("names", file + ".tsv.gz")), CompressionMode.Decompress))
            : File.OpenText(Path.Combine(FeedSlice.Folder, "names", file + ".tsv"));
        var names = new List<(double Order, string Name)>();
        while (lines.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            var order = columns[^1].Length == 0 ? double.MaxValue : double.Parse(columns[^1], System.Globalization.CultureInfo.InvariantCulture);
            names.Add((columns.Length == 2 && order < double.MaxValue ? -order : order, columns[0]));
        }

        return [.. names.OrderBy(entry => entry.Order).ThenBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => entry.Name)];
    }
}
