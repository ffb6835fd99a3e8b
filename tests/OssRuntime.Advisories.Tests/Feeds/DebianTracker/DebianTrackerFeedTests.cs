using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Feeds.DebianTracker;

public class DebianTrackerFeedTests
{
    private const string Json = """
        { "openssl": {
            "CVE-2024-0001": { "description": "a flaw", "releases": {
              "bookworm": { "status": "resolved", "fixed_version": "3.0.11-1~deb12u2", "urgency": "medium", "repositories": { "bookworm": "3.0.11-1~deb12u2" } },
              "trixie": { "status": "resolved", "fixed_version": "0", "urgency": "unimportant" } } },
            "CVE-2024-0002": { "releases": { "bookworm": { "status": "open", "urgency": "unimportant" } } },
            "CVE-2024-0003": { "releases": { "bookworm": { "status": "open", "urgency": "low", "nodsa": "Minor issue", "nodsa_reason": "ignored" } } },
            "CVE-2024-0004": { "releases": { "bookworm": { "status": "open", "urgency": "not yet assigned", "nodsa": "Minor issue", "nodsa_reason": "postponed" } } },
            "CVE-2024-0005": { "releases": { "bookworm": { "status": "open", "urgency": "end-of-life" } } },
            "CVE-2024-0006": { "releases": { "bookworm": { "status": "undetermined", "urgency": "not yet assigned" } } },
            "CVE-2024-0007": { "releases": { "bookworm": { "status": "resolved", "fixed_version": "0", "urgency": "not yet assigned" } } },
            "TEMP-0000000-ABCDEF": 7 },
          "broken": [ 1 ],
          "edk2": { "CVE-2024-0001": { "releases": { "bookworm": { "status": "open", "urgency": "high" } } } } }
        """;

    private const string Dsa = """
        [01 Apr 2024] DSA-5000-1 openssl - security update
        	{CVE-2024-0001 CVE-2024-0009}
        	[bookworm] - openssl 3.0.11-1~deb12u2
        [31 Mar 2024] DSA-4999-1 gone - security update
        	{CVE-2024-0010}
        	[bookworm] - gone <not-affected> (Vulnerable code not present)
        no advisory at all
        """;

    [Fact]
    public async Task A_backported_fix_ends_the_flaw_where_Debian_fixed_it()
    {
        using var database = await OfAsync();

        var before = database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u1", "openssl"));
        var after = database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u2", "openssl"));

        Assert.Equal("3.0.11-1~deb12u2", before.Single(finding => finding.Id == "CVE-2024-0001").FixedIn);
        Assert.DoesNotContain(after, finding => finding.Id == "CVE-2024-0001");
        Assert.Contains(database.Findings(Components.Debian("ovmf", "2022.11-6", "edk2")), finding => finding is { Id: "CVE-2024-0001", Severity: Severity.High });
    }

    [Theory]
    [InlineData("CVE-2024-0001", FixState.Fixed, Severity.Medium, FindingStatus.Affected)]
    [InlineData("CVE-2024-0002", FixState.NotFixed, Severity.Low, FindingStatus.Affected)]
    [InlineData("CVE-2024-0003", FixState.WontFix, Severity.Low, FindingStatus.Affected)]
    [InlineData("CVE-2024-0004", FixState.NotFixed, Severity.Unknown, FindingStatus.Affected)]
    [InlineData("CVE-2024-0005", FixState.EndOfLife, Severity.Unknown, FindingStatus.Affected)]
    [InlineData("CVE-2024-0006", FixState.UnderInvestigation, Severity.Unknown, FindingStatus.UnderInvestigation)]
    public async Task What_Debian_does_about_a_flaw_is_kept(string id, FixState state, Severity severity, FindingStatus status)
    {
        using var database = await OfAsync();

        var finding = database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u1", "openssl")).Single(finding => finding.Id == id);

        Assert.Equal((state, severity, status), (finding.FixState, finding.Severity, finding.Status));
        Assert.Equal(state, finding.Sources[0].State);
    }

    [Fact]
    public async Task A_release_that_never_had_the_flaw_is_silent_about_it()
    {
        using var database = await OfAsync();

        Assert.Empty(database.Findings(Components.Debian("libssl3t64", "3.0.1-1", "openssl", release: "13")));
        Assert.DoesNotContain(database.Findings(Components.Debian("libssl3", "3.0.1-1", "openssl")), finding => finding.Id == "CVE-2024-0007");
    }

    [Fact]
    public async Task An_advisory_of_the_list_is_a_word_on_each_CVE_that_it_fixes()
    {
        using var database = await OfAsync();

        var findings = database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u1", "openssl"));

        Assert.Equal("3.0.11-1~deb12u2", findings.Single(finding => finding.Id == "CVE-2024-0009").FixedIn);
        Assert.Equal(["CVE-2024-0001", "DSA-5000-1"], findings.Single(finding => finding.Id == "CVE-2024-0001").Sources.Select(source => source.Advisory));
    }

    [Fact]
    public async Task What_cannot_be_used_is_counted_with_its_reason()
    {
        using var database = await OfAsync();

        var tracker = database.Info.Sources.Single(source => source.Name == "debian-tracker/tracker");
        var list = database.Info.Sources.Single(source => source.Name == "debian-tracker/DSA");

        Assert.Equal((10, 7, 3), ((int)tracker.Read, (int)tracker.Kept, (int)tracker.Skipped));
        Assert.Equal((2, 1, 1), ((int)list.Read, (int)list.Kept, (int)list.Skipped));
    }

    [Fact]
    public async Task A_tracker_that_is_cut_keeps_what_came_before()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["debian-tracker/tracker/data/json"] = Json[..900] });

        var source = Assert.Single(database.Info.Sources);
        Assert.NotEmpty(source.Failures);
        Assert.True(source.Kept > 0);
    }

    private static Task<TestDatabase> OfAsync() => TestDatabase.OfFilesAsync(new Dictionary<string, string>
    {
        ["debian-tracker/tracker/data/json"] = Json,
        ["debian-tracker/data/DSA/list"] = Dsa,
    });
}
