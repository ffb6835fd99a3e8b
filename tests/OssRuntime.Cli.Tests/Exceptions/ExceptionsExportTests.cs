using System.Text.Json;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Exceptions;

/// <summary><c>ossruntime exceptions</c> as a process: what is accepted is told as VEX, and our own reader takes it for what was accepted.</summary>
public sealed class ExceptionsExportTests(ScanStage stage) : IClassFixture<ScanStage>
{
    private const string Accepted = """
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskException
        metadata: {name: padding, namespace: shop}
        spec:
          advisories: [CVE-2026-*]
          packages: ["pkg:npm/left-pad <1.1.0"]
          status: not_affected
          justification: vulnerable_code_not_in_execute_path
          reason: no user of ours reaches it
          expires: "2999-01-01T00:00:00Z"
          approved: true
          requestedBy: alice
          approvedBy: bob
        """;

    private const string Policy = """
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: production}
        spec: {action: Deny, rules: [{name: severe, severity: High}]}
        """;

    public static TheoryData<string> Targets => ["oci:layout", "rootfs:root", "registry"];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task What_is_exported_has_the_effect_of_the_exception(string target)
    {
        var named = target == "registry" ? stage.Reference : $"{target.Split(':')[0]}:{stage[target.Split(':')[1]]}";
        var (exceptions, policy, vex) = (await WriteAsync(Accepted), await WriteAsync(Policy), stage[$"{Guid.NewGuid():n}.openvex.json"]);
        var exported = await CommandLine.RunAsync(
            ["exceptions", "export", exceptions, "--target", named, "--db", stage.Database, "--namespace", "shop", "--author", "security@example.com", "--output", vex]);
        Assert.Equal((ExitCode.Done, ""), (exported.ExitCode, exported.Error));
        IsOpenVex(JsonDocument.Parse(await File.ReadAllTextAsync(vex, TestContext.Current.CancellationToken)).RootElement);

        string[] test = ["policy", "test", named, "--db", stage.Database, "--namespace", "shop"];
        Assert.Equal(ExitCode.Hit, (await CommandLine.RunAsync([.. test, "--policy", policy])).ExitCode);
        Assert.Equal(ExitCode.Done, (await CommandLine.RunAsync([.. test, "--policy", policy, "--policy", exceptions])).ExitCode);
        Assert.Equal(ExitCode.Done, (await CommandLine.RunAsync([.. test, "--policy", policy, "--vex", vex])).ExitCode);
        var finding = (await CommandLine.RunAsync(["scan", named, "--db", stage.Database, "--vex", vex, "--format", "json"])).Json().GetProperty("targets")[0].GetProperty("findings")[0];
        Assert.Equal("NotAffected", finding.GetProperty("status").GetString());
        Assert.Equal("vulnerable_code_not_in_execute_path", finding.GetProperty("vex").GetProperty("justification").GetString());
        Assert.Equal("no user of ours reaches it", finding.GetProperty("vex").GetProperty("statement").GetString());
        Assert.Contains("1 not affected (the JSON report says by whom)", (await CommandLine.RunAsync(["scan", named, "--db", stage.Database, "--vex", vex])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("namespace: shop", "namespace: other")]
    [InlineData("approvedBy: bob", "approvedBy: alice")]
    [InlineData("2999-", "2020-")]
    [InlineData("left-pad <1.1.0", "left-pad >=1.1.0")]
    public async Task What_does_not_hold_there_is_not_exported(string was, string becomes)
    {
        var exceptions = await WriteAsync(Accepted.Replace(was, becomes, StringComparison.Ordinal));
        var exported = await CommandLine.RunAsync(["exceptions", "export", exceptions, "--target", stage.Reference, "--db", stage.Database, "--namespace", "shop"]);
        Assert.Equal(0, exported.Json().GetProperty("statements").GetArrayLength());
    }

    [Fact]
    public async Task Without_targets_only_what_names_flaws_and_packages_exactly_can_be_said()
    {
        var exact = await WriteAsync(Accepted.Replace("CVE-2026-*", "CVE-2026-0001", StringComparison.Ordinal).Replace("left-pad <1.1.0", "left-pad@1.0.0", StringComparison.Ordinal));
        var exported = await CommandLine.RunAsync(["exceptions", "export", exact, await WriteAsync(Accepted)]);
        var statement = Assert.Single(exported.Json().GetProperty("statements").EnumerateArray());
        Assert.Equal("pkg:npm/left-pad@1.0.0", statement.GetProperty("products")[0].GetProperty("@id").GetString());
        Assert.Contains("exception shop/padding is not exported: VEX has neither version ranges nor wildcards", exported.Error, StringComparison.Ordinal);
        IsOpenVex(exported.Json());
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(["exceptions", "export"])).ExitCode);
    }

    [Theory]
    [InlineData("status: affected", "", "action_statement")]
    [InlineData("status: fixed", "", "status_notes")]
    [InlineData("status: under_investigation", "", "status_notes")]
    [InlineData("", "", "action_statement")]
    public async Task Each_status_says_why_in_its_own_field(string status, string justification, string field)
    {
        var exceptions = await WriteAsync(Accepted
            .Replace("status: not_affected", status, StringComparison.Ordinal)
            .Replace("justification: vulnerable_code_not_in_execute_path", justification, StringComparison.Ordinal));
        var exported = await CommandLine.RunAsync(["exceptions", "export", exceptions, "--target", stage.Reference, "--db", stage.Database, "--namespace", "shop"]);
        IsOpenVex(exported.Json());
        Assert.Equal("no user of ours reaches it", exported.Json().GetProperty("statements")[0].GetProperty(field).GetString());
    }

    /// <summary>What the specification of OpenVEX 0.2.0 requires of a document and of each statement.</summary>
    private static void IsOpenVex(JsonElement document)
    {
        Assert.Equal("https://openvex.dev/ns/v0.2.0", document.GetProperty("@context").GetString());
        Assert.True(Uri.IsWellFormedUriString(document.GetProperty("@id").GetString(), UriKind.Absolute));
        Assert.NotEmpty(document.GetProperty("author").GetString()!);
        Assert.True(document.GetProperty("timestamp").TryGetDateTimeOffset(out _));
        Assert.Equal(1, document.GetProperty("version").GetInt32());
        Assert.NotEmpty(document.GetProperty("statements").EnumerateArray());
        foreach (var statement in document.GetProperty("statements").EnumerateArray())
        {
            Assert.NotEmpty(statement.GetProperty("vulnerability").GetProperty("name").GetString()!);
            Assert.All(statement.GetProperty("products").EnumerateArray(), product => Assert.StartsWith("pkg:", product.GetProperty("@id").GetString(), StringComparison.Ordinal));
            var status = statement.GetProperty("status").GetString();
            Assert.Contains(status, new[] { "not_affected", "affected", "fixed", "under_investigation" });
            Assert.Equal(status == "affected", statement.TryGetProperty("action_statement", out _));
            Assert.True(status != "not_affected" || statement.TryGetProperty("justification", out _) || statement.TryGetProperty("impact_statement", out _));
            Assert.True(status == "not_affected" || !(statement.TryGetProperty("justification", out _) || statement.TryGetProperty("impact_statement", out _)));
        }
    }

    private async Task<string> WriteAsync(string text)
    {
        var file = stage[$"{Guid.NewGuid():n}.yaml"];
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
