using System.Collections.Immutable;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Lifecycle;

public class LifecycleTests
{
    private const string Debian =
        """
        { "result": { "name": "debian", "aliases": [], "category": "os", "identifiers": [ { "type": "cpe", "id": "cpe:/o:debian:debian_linux" } ],
          "releases": [ { "name": "12", "isEol": true, "eolFrom": "2026-07-11", "eoesFrom": "2028-06-30" }, { "name": "11", "isEol": true, "eolFrom": "2024-08-14" } ] } }
        """;

    private const string Node =
        """
        { "result": { "name": "nodejs", "aliases": [ "node" ], "category": "framework", "identifiers": [ { "type": "purl", "id": "pkg:generic/node" } ],
          "releases": [ { "name": "14", "isEol": true, "eolFrom": "2023-04-30" }, { "name": "24", "isEoas": false, "eoasFrom": "2026-10-20", "isEol": false, "eolFrom": "2028-04-30" } ] } }
        """;

    private const string Library =
        """
        { "result": { "name": "thing", "category": "framework", "identifiers": [ { "type": "purl", "id": "pkg:npm/%40scope/thing" } ],
          "releases": [ { "name": "2", "isEol": false, "eolFrom": null }, { "name": "2.1", "isEol": true, "eolFrom": null }, { "name": "1", "isEol": true, "eolFrom": "2020-01-01" } ] } }
        """;

    private static readonly Dictionary<string, string> Feeds = new()
    {
        ["endoflife.date/api/v1/products/debian.json"] = Debian,
        ["endoflife.date/api/v1/products/nodejs.json"] = Node,
        ["endoflife.date/api/v1/products/thing.json"] = Library,
    };

    [Theory]
    [InlineData("2026-07-10", LifecycleState.Supported, "2026-07-11")]
    [InlineData("2026-07-11", LifecycleState.SecurityOnly, "2028-06-30")]
    [InlineData("2028-06-29", LifecycleState.SecurityOnly, "2028-06-30")]
    [InlineData("2028-06-30", LifecycleState.EndOfLife, "2028-06-30")]
    public async Task Debian_has_security_fixes_until_its_free_long_term_support_ends(string day, LifecycleState state, string end)
    {
        var status = Assert.Single(await MatchAsync(DateOnly.Parse(day), new OsRelease("debian", "12", "bookworm", "Debian GNU/Linux 12", [])));

        var last = DateOnly.Parse(end);
        Assert.Equal(new LifecycleStatus("debian", "12", state, last, last.DayNumber - DateOnly.Parse(day).DayNumber, "Debian GNU/Linux 12", "endoflife.date"), status);
    }

    [Fact]
    public async Task Extended_support_counts_for_an_owner_who_declares_it()
    {
        var options = new MatchOptions { ExtendedSupport = ImmutableHashSet.Create("debian") };

        var status = Assert.Single(await MatchAsync(new DateOnly(2027, 1, 1), new OsRelease("debian", "12", null, null, []), options: options));

        Assert.Equal((LifecycleState.SecurityOnly, new DateOnly(2028, 6, 30)), (status.State, status.EndOfLife));
    }

    [Fact]
    public async Task A_release_that_the_data_lacks_is_unknown_and_shown()
    {
        var status = Assert.Single(await MatchAsync(new DateOnly(2027, 1, 1), new OsRelease("debian", "99", null, null, [])));

        Assert.Equal(("99", LifecycleState.Unknown), (status.Cycle, status.State));
    }

    [Theory]
    [InlineData("14.21.3", "2026-09-01", LifecycleState.EndOfLife)]
    [InlineData("24.1.0", "2026-09-01", LifecycleState.Supported)]
    [InlineData("24.1.0", "2026-10-20", LifecycleState.SecurityOnly)]
    [InlineData("24.1.0", "2028-04-30", LifecycleState.EndOfLife)]
    public async Task A_runtime_is_judged_by_its_cycle(string version, string day, LifecycleState state)
    {
        var status = Assert.Single(await MatchAsync(DateOnly.Parse(day), null, Runtime("node", version)));

        Assert.Equal(("nodejs", state), (status.Product, status.State));
        Assert.Equal($"pkg:generic/node@{version}", status.Subject);
    }

    [Theory]
    [InlineData("2.0.5", "2", LifecycleState.Supported)]
    [InlineData("2.1.5", "2.1", LifecycleState.EndOfLife)]
    [InlineData("2.10.0", "2", LifecycleState.Supported)]
    [InlineData("v1.9.0", "1", LifecycleState.EndOfLife)]
    [InlineData("10.0.0", "10.0.0", LifecycleState.Unknown)]
    public async Task A_package_belongs_to_the_longest_cycle_that_begins_its_version(string version, string cycle, LifecycleState state)
    {
        var component = Components.Npm("@scope/thing", version) with { Purl = PackageUrl.Of("npm", "@scope", "thing", version) };

        var status = Assert.Single(await MatchAsync(new DateOnly(2026, 9, 1), null, component));

        Assert.Equal((cycle, state), (status.Cycle, status.State));
    }

    [Fact]
    public async Task A_runtime_that_the_distribution_maintains_has_the_distributions_life()
    {
        var nodejs = Components.Debian("nodejs", "14.21.3+dfsg-1");
        var owned = Runtime("node", "14.21.3") with { OwnedBy = "pkg:deb/debian/nodejs@14.21.3" };

        Assert.Empty(await MatchAsync(new DateOnly(2026, 9, 1), null, nodejs, owned));
    }

    [Fact]
    public async Task A_runtime_from_its_publishers_own_repository_has_its_upstreams_life()
    {
        var status = Assert.Single(await MatchAsync(new DateOnly(2026, 9, 1), null, Components.Debian("nodejs", "14.21.3-1nodesource1")));

        Assert.Equal(("nodejs", "14", LifecycleState.EndOfLife), (status.Product, status.Cycle, status.State));
    }

    [Theory]
    [InlineData("postgresql-13", "13.14-1.pgdg120+1", "postgresql-13", "postgresql", "13")]
    [InlineData("libpq5", "13.14-1.pgdg120+1", "postgresql-13", "postgresql", "13")]
    [InlineData("mongodb-org-server", "5.0.31", null, "mongodb", "5.0")]
    [InlineData("redis-server", "6:6.0.20-1rl1~bookworm1", "redis", "redis", "6.0")]
    [InlineData("php8.0-fpm", "8.0.30-1+0~20230904.51+debian12~1.gbp1+deb.sury.org", "php8.0", "php", "8.0")]
    [InlineData("php8.0-redis", "5.3.7+6.0.2-1+deb.sury.org", "php-redis", null, null)]
    [InlineData("postgresql-common", "256.pgdg120+1", "postgresql-common", null, null)]
    [InlineData("redis-server", "5:6.0.16-1+deb11u2", "redis", null, null)]
    public async Task A_package_from_its_publishers_repository_is_known_by_its_projects_name_in_Repology(string name, string version, string? source, string? product, string? cycle)
    {
        Assert.All(await WholeAsync(new DateOnly(2026, 9, 1), null, Components.Debian(name, version, source)), found =>
        {
            var state = found.SingleOrDefault();
            Assert.Equal(product is null ? "" : $"{product} {cycle} EndOfLife", state is null ? "" : $"{state.Product} {state.Cycle} {state.State}");
        });
    }

    [Fact]
    public async Task A_program_is_known_by_its_cpe()
    {
        var program = Components.Of("generic", "generic", "httpd-built-here", "2.2.34") with { Type = ComponentType.Application, Cpe = "cpe:2.3:a:apache:http_server:2.2.34:*:*:*:*:*:*:*" };

        Assert.All(await WholeAsync(new DateOnly(2026, 9, 1), null, program), found =>
        {
            var state = Assert.Single(found);
            Assert.Equal(("apache-http-server", "2.2", LifecycleState.EndOfLife), (state.Product, state.Cycle, state.State));
        });
    }

    [Theory]
    [InlineData("2026-09-01", "debian", "9", null, "debian", LifecycleState.EndOfLife)]
    [InlineData("2026-09-01", "alpine", "3.20.3", null, "alpine-linux", LifecycleState.EndOfLife)]
    [InlineData("2026-09-01", "ubuntu", "22.04", null, "ubuntu", LifecycleState.SecurityOnly)]
    [InlineData("2026-09-01", "rhel", "9.4", null, "rhel", LifecycleState.Supported)]
    [InlineData("2026-09-01", "rocky", "8.9", null, "rocky-linux", LifecycleState.SecurityOnly)]
    [InlineData("2026-09-01", "centos", "7", null, "centos", LifecycleState.EndOfLife)]
    [InlineData("2026-09-01", "centos", "9", null, "centos-stream", LifecycleState.Supported)]
    [InlineData("2026-09-01", "amzn", "2023", null, "amazon-linux", LifecycleState.Supported)]
    [InlineData("2026-09-01", "ol", "8.10", null, "oracle-linux", LifecycleState.Supported)]
    [InlineData("2026-09-01", "house-linux", "8.10", "cpe:/o:oracle:linux:8:10:server", "oracle-linux", LifecycleState.Supported)]
    public async Task The_published_data_knows_the_distributions(string day, string id, string version, string? cpe, string product, LifecycleState state)
    {
        Assert.All(await WholeAsync(DateOnly.Parse(day), new OsRelease(id, version, null, null, [], cpe)), found =>
        {
            var status = Assert.Single(found);
            Assert.Equal((product, state), (status.Product, status.State));
        });
    }

    [Theory]
    [InlineData("generic", null, "node", "14.21.3", ComponentType.Runtime, "nodejs")]
    [InlineData("generic", null, "python", "3.7.17", ComponentType.Runtime, "python")]
    [InlineData("nuget", null, "Microsoft.NETCore.App", "6.0.36", ComponentType.Library, "dotnet")]
    [InlineData("maven", "org.springframework.boot", "spring-boot", "2.7.18", ComponentType.Library, "spring-boot")]
    [InlineData("pypi", null, "django", "3.2.25", ComponentType.Library, "django")]
    [InlineData("maven", "log4j", "log4j", "1.2.17", ComponentType.Library, "log4j")]
    public async Task Known_old_things_are_past_their_end_of_life(string type, string? space, string name, string version, ComponentType kind, string product)
    {
        var component = Components.Of("generic", "generic", name, version) with { Purl = PackageUrl.Of(type, space, name, version), Type = kind };

        Assert.All(await WholeAsync(new DateOnly(2026, 9, 1), null, component), found =>
        {
            var status = Assert.Single(found);
            Assert.Equal((product, LifecycleState.EndOfLife), (status.Product, status.State));
            Assert.True(status.DaysUntilEndOfLife < 0);
        });
    }

    private static Component Runtime(string name, string version) =>
        Components.Of("generic", "generic", name, version) with { Type = ComponentType.Runtime };

    private static async Task<ImmutableArray<LifecycleStatus>> MatchAsync(DateOnly day, OsRelease? release, params Component[] components) =>
        await MatchAsync(day, release, MatchOptions.Default, components);

    private static async Task<ImmutableArray<LifecycleStatus>> MatchAsync(
        DateOnly day, OsRelease? release, MatchOptions options, params Component[] components)
    {
        using var database = await TestDatabase.OfFilesAsync(Feeds);
        return new Matcher(database.Database, options).Match(new ComponentInventory { Components = [.. components], OsRelease = release }, day).Lifecycles;
    }

    /// <summary>The lifecycles by each corpus.</summary>
    private static async Task<IReadOnlyList<ImmutableArray<LifecycleStatus>>> WholeAsync(DateOnly day, OsRelease? release, params Component[] components)
    {
        var inventory = new ComponentInventory { Components = [.. components], OsRelease = release };
        return [.. (await Corpora.OfAsync("endoflife.date")).Select(corpus => new Matcher(corpus.Database).Match(inventory, day).Lifecycles)];
    }
}
