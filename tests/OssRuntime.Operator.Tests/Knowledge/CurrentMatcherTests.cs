using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Advisories.Vex;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Testing.Images;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>What the owner decided about findings reaches the matching of every image.</summary>
public sealed class CurrentMatcherTests : IAsyncLifetime
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    private readonly TemporaryDirectory _folder = new();
    private readonly CurrentDatabase _database = new();

    public async ValueTask InitializeAsync()
    {
        Write("osv/npm/TEST-1.json", """
            {"id":"CVE-2026-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"lodash"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}
            """);
        Write("endoflife.date/api/v1/products/full.json", """
            {"result":[{"name":"debian","category":"os","releases":[{"name":"12","eolFrom":"2026-06-01","isEol":true,"eoesFrom":"2028-06-01"}]},
            {"name":"ubuntu","category":"os","releases":[{"name":"20.04","eolFrom":"2025-05-31","isEol":true,"eoesFrom":"2030-04-30"}]}]}
            """);
        await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder["feeds"])], _folder["advisories.db"]);
        _database.Swap(AdvisoryDatabase.Open(_folder["advisories.db"]));
    }

    [Fact]
    public void What_is_attached_and_believed_gives_a_finding_its_status()
    {
        var attached = VexReader.Read(System.Text.Encoding.UTF8.GetBytes(OpenVex.Of("CVE-2026-1", "pkg:npm/lodash@1.0.0", "not_affected")), "attached");

        Assert.Equal(FindingStatus.Affected, Assert.Single(Match().Findings).Status);
        Assert.Equal(FindingStatus.NotAffected, Assert.Single(Match(attached: attached).Findings).Status);
    }

    [Fact]
    public void A_statement_on_the_digest_that_the_pods_run_is_one_on_the_image()
    {
        var index = Samples.Digest('e');
        var attached = VexReader.Read(System.Text.Encoding.UTF8.GetBytes(OpenVex.Of("CVE-2026-1", $"pkg:oci/web@{index}", "not_affected")), "attached");
        var subject = new VexSubject(Samples.Inventory(Samples.Component("lodash")), "registry.example/shop/web");
        var matcher = new CurrentMatcher(_database, MatchOptions.Default, Nothing());

        Assert.Equal(FindingStatus.Affected, matcher.Match(subject, [attached], Day)!.Findings[0].Status);
        Assert.Equal(FindingStatus.NotAffected, matcher.Match(subject with { AskedFor = index }, [attached], Day)!.Findings[0].Status);
    }

    [Fact]
    public void A_reserved_name_from_elsewhere_is_a_finding()
    {
        var options = MatchOptions.Default with { ReservedNames = ReservedNames.Read(["npm:lodash=https://npm.acme.example/"]) };

        var findings = Match(options, Samples.Component("lodash") with { Origin = "https://registry.npmjs.org/lodash.tgz" }).Findings;

        Assert.Contains(findings, finding => finding.Id == "NAME-RESERVED");
    }

    [Fact]
    public void Extended_support_moves_the_end()
    {
        Assert.Equal(LifecycleState.EndOfLife, StateOf(MatchOptions.Default));
        Assert.NotEqual(LifecycleState.EndOfLife, StateOf(MatchOptions.Default with { ExtendedSupport = ["ubuntu 20.04"] }));

        LifecycleState StateOf(MatchOptions options) => Assert.Single(new CurrentMatcher(_database, options, Nothing())
            .Match(new VexSubject(Samples.Inventory(Samples.Component("lodash")) with { OsRelease = new OsRelease("ubuntu", "20.04", "focal", "Ubuntu 20.04", []) }, null), [], Day)!.Lifecycles).State;
    }

    [Fact]
    public void Upstream_is_asked_about_what_an_OS_package_installed_where_the_owner_wants_it()
    {
        var owner = new Component
        {
            Purl = PackageUrl.Of("deb", "debian", "node-lodash", "1.0.0"),
            Name = "node-lodash",
            Version = "1.0.0",
            Ecosystem = new Ecosystem("Debian", "12"),
            Location = new ComponentLocation(null, "var/lib/dpkg/status"),
            Type = ComponentType.OsPackage,
        };
        var owned = Samples.Component("lodash") with { OwnedBy = owner.Purl.ToString() };

        Assert.Empty(Match(null, owner, owned).Findings);
        Assert.Equal("CVE-2026-1", Assert.Single(Match(MatchOptions.Default with { AskUpstreamWhereSilent = true }, owner, owned).Findings).Id);
    }

    [Fact]
    public async Task The_command_line_takes_each_of_them_and_refuses_a_name_that_is_none()
    {
        OperatorOptions? read = null;
        var command = OperatorCommand.Create((options, _) => Task.FromResult((read = options) is null ? 1 : 0));

        await command.Parse(
            ["--vex", "attached", "--vex", "/vex/a.json", "--vex-interval", "1h", "--extended-support", "spring-boot 2.7", "--reserved-name", "npm:@acme/*=https://npm.acme.example/", "--upstream-advisories"])
            .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["attached", "/vex/a.json"], read!.Vex);
        Assert.Equal(TimeSpan.FromHours(1), read.VexInterval);
        Assert.Equal(["spring-boot 2.7"], read.ExtendedSupport);
        Assert.Equal(["npm:@acme/*=https://npm.acme.example/"], read.ReservedNames);
        Assert.True(read.UpstreamAdvisories);
        Assert.Contains(command.Parse(["--reserved-name", "acme"]).Errors, error => error.Message.Contains("'acme' is not ECOSYSTEM:NAME=ADDRESS", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static VexKeeper Nothing() => new([], new WorkQueue<ClusterEvent>("event", new ControllerEnvironment()), new ControllerEnvironment());

    private MatchResult Match(MatchOptions? options = null, params Component[] components) =>
        new CurrentMatcher(_database, options ?? MatchOptions.Default, Nothing())
            .Match(new VexSubject(Samples.Inventory(components.Length == 0 ? [Samples.Component("lodash")] : [.. components]), null), [], Day)!;

    private MatchResult Match(VexDocument attached) => new CurrentMatcher(_database, MatchOptions.Default, Nothing())
        .Match(new VexSubject(Samples.Inventory(Samples.Component("lodash")), null), [attached], Day)!;

    private void Write(string name, string content)
    {
        var path = _folder["feeds/" + name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
