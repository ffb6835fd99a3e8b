using System.Text.Json;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Tests.Policies;

/// <summary><c>ossruntime policy test</c> and <c>scan --policy</c> as processes.</summary>
public sealed class PolicyTestTests(ScanStage stage) : IClassFixture<ScanStage>
{
    private const string Deny = """
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: production}
        spec:
          selector: {excludedNamespaces: [kube-*], namespaceLabels: [tier=prod]}
          action: Deny
          unknownImages: Deny
          rules:
            - {name: severe, severity: High, fixable: true, message: update it}
            - {name: exposed, severity: Low, exposure: Internet, action: Warn}
        """;

    private const string Exposed = """
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: exposed}
        spec: {action: Deny, rules: [{name: known, severity: Low, exposure: None, action: Audit}, {name: open, severity: Low, exposure: Internet}]}
        """;

    private const string Exception = """

        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskException
        metadata: {name: padding, namespace: shop}
        spec:
          advisories: [GHSA-0000-0000-0001]
          packages: ["pkg:npm/left-pad <1.1.0"]
          reason: no user of ours reaches it
          expires: 2027-01-01T00:00:00Z
          approved: true
          requestedBy: alice
          approvedBy: bob
        """;

    [Fact]
    public async Task An_image_that_would_be_denied_ends_with_code_one_and_says_why()
    {
        var result = await RunAsync(Deny, "--namespace", "shop", "--namespace-label", "tier=prod", stage.Reference);
        Assert.Equal(ExitCode.Hit, result.ExitCode);
        Assert.Contains("Deny    production/severe: CVE-2026-0001 (Critical) in pkg:npm/left-pad@1.0.0, fixed in 1.1.0 (update it)", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("production/exposed", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Partial, "--namespace", "shop")]
    [InlineData(ExitCode.Partial, "--namespace", "kube-system", "--namespace-label", "tier=prod")]
    [InlineData(ExitCode.Hit, "--namespace-label", "tier=prod")]
    public async Task The_place_decides_which_policies_count(int code, params string[] options) =>
        Assert.Equal(code, (await RunAsync(Deny, [.. options, stage.Reference])).ExitCode);

    [Fact]
    public async Task Where_no_policy_is_for_the_namespace_nothing_is_called_fine()
    {
        var result = await RunAsync(Deny, "--namespace", "default", stage.Reference);
        Assert.Equal(ExitCode.Partial, result.ExitCode);
        Assert.Contains("no policy applies to namespace default: nothing was judged", result.Output, StringComparison.Ordinal);
        Assert.Contains("no policy applies to namespace default: nothing was judged", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("fine", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fine_says_how_many_rules_were_applied()
    {
        var result = await RunAsync(Exposed.Replace("severity: Low", "malicious: true", StringComparison.Ordinal), stage.Reference);
        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Contains("fine    no rule is broken, of 2 that apply", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unchecked: {}", "EcosystemNotCovered: 1 of 2 components: no advisories for Debian 12 in this database", "FilesUnreadable: 1 file could not be read (app/node_modules/broken/package.json)")]
    [InlineData("unchecked: {reasons: [EcosystemNotCovered]}", "EcosystemNotCovered: 1 of 2 components: no advisories for Debian 12 in this database")]
    [InlineData("unchecked: {atLeastPercent: 50, reasons: [EcosystemNotCovered]}", "EcosystemNotCovered: 1 of 2 components: no advisories for Debian 12 in this database")]
    [InlineData("unchecked: {reasons: [VersionNotComparable]}")]
    [InlineData("unchecked: {atLeast: 2}")]
    [InlineData("databaseOlderThan: 30d", "the newest record of the advisory database is 31 days old, 30 are allowed")]
    [InlineData("databaseOlderThan: 31d")]
    public async Task A_rule_may_ask_how_much_was_checked_and_against_what(string condition, params string[] broken)
    {
        var policy = $$"""
            apiVersion: ossruntime.io/v1alpha1
            kind: RiskPolicy
            metadata: {name: coverage}
            spec: {action: Deny, rules: [{name: known, {{condition}}}]}
            """;
        var result = await RunAsync(policy, "--at", "2026-02-01", "--format", "json", stage.Reference);
        Assert.Equal(broken.Length == 0 ? ExitCode.Done : ExitCode.Hit, result.ExitCode);
        Assert.Equal(
            broken,
            result.Json().GetProperty("targets")[0].GetProperty("violations").EnumerateArray().SelectMany(violation => violation.GetProperty("items").EnumerateArray()).Select(item => Text(item, "text")));
    }

    [Theory]
    [InlineData(ExitCode.Done, "shop", "2026-12-31")]
    [InlineData(ExitCode.Hit, "shop", "2027-01-01")]
    [InlineData(ExitCode.Hit, "other", "2026-12-31")]
    public async Task An_exception_counts_in_its_namespace_until_it_ends(int code, string space, string at) =>
        Assert.Equal(code, (await RunAsync(Deny + Exception, "--namespace", space, "--namespace-label", "tier=prod", "--at", at, stage.Reference)).ExitCode);

    [Fact]
    public async Task An_exception_that_its_requester_approved_does_not_count() =>
        Assert.Equal(
            ExitCode.Hit,
            (await RunAsync(Deny + Exception.Replace("approvedBy: bob", "approvedBy: alice", StringComparison.Ordinal), "--namespace", "shop", "--namespace-label", "tier=prod", "--at", "2026-12-31", stage.Reference)).ExitCode);

    [Fact]
    public async Task Manifests_say_where_images_are_to_run()
    {
        await File.WriteAllTextAsync(
            stage["shop.yaml"],
            $$$$$$$"""
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {tier: prod}, annotations: {ossruntime.io/impact: high}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop, annotations: {ossruntime.io/exposure: None}}
            spec:
              template:
                metadata: {annotations: {ossruntime.io/exposure: Internet}}
                spec: {containers: [{name: b, image: "{{{{{{{stage.Reference}}}}}}}"}]}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: nightly, namespace: shop, annotations: {ossruntime.io/exposure: None}}
            spec: {jobTemplate: {spec: {template: {spec: {initContainers: [{name: b, image: "{{{{{{{stage.Reference}}}}}}}"}]}}}}}
            """);
        var result = await RunAsync(Deny, "--format", "json", $"manifests:{stage["shop.yaml"]}");
        Assert.Equal(ExitCode.Hit, result.ExitCode);
        var violations = result.Json().GetProperty("targets")[0].GetProperty("violations").EnumerateArray().ToList();
        Assert.Equal(
            ["production/severe Deny shop Deployment/web Internet High High", "production/exposed Warn shop Deployment/web Internet High Medium", "production/severe Deny shop CronJob/nightly None High High"],
            violations.Select(violation => $"{Text(violation, "policy")}/{Text(violation, "rule")} {Text(violation, "action")} {Text(violation, "namespace")} {Text(violation, "workload")} {Text(violation, "exposure")} {Text(violation, "impact")} {Text(violation, "severity")}"));
        var item = violations[0].GetProperty("items")[0];
        Assert.Equal(("CVE-2026-0001", "pkg:npm/left-pad@1.0.0", "1.1.0"), (Text(item, "advisory"), Text(item, "package"), Text(item, "fixedIn")));
    }

    [Theory]
    [InlineData("Internet", "Ingress shop/web → Service shop/web:80 → port 8080", "")]
    [InlineData("None", "Ingress shop/web → Service shop/web:80 → port 8080 → NetworkPolicy shop/closed admits nobody", "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed}, spec: {podSelector: {}}}")]
    [InlineData("Internet", "Ingress shop/web → Service shop/web:80 → port 8080", "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: edge}, spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: edge}}}]}]}}")]
    [InlineData("Cluster", "", "{apiVersion: v1, kind: Namespace, metadata: {name: shop, annotations: {ossruntime.io/exposure: Cluster}}}")]
    [InlineData("Internet", "Ingress shop/web → Service shop/web:80 → port 8080", "{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: web}, spec: 7}")]
    public async Task What_leads_to_a_workload_is_read_from_the_same_manifests(string level, string path, string more)
    {
        var file = stage[$"exposed-{Guid.NewGuid():n}.yaml"];
        await File.WriteAllTextAsync(file, """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: b, image: IMAGE, ports: [{containerPort: 8080}]}]}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}
            ---
            MORE
            """.Replace("IMAGE", $"'{stage.Reference}'", StringComparison.Ordinal).Replace("MORE", more.Length == 0 ? "{kind: Nothing}" : more, StringComparison.Ordinal));
        var result = await RunAsync(Exposed, "--namespace", "shop", "--format", "json", $"manifests:{file}");
        var told = result.Json().GetProperty("targets")[0].GetProperty("violations").EnumerateArray().First();
        Assert.Equal(level, Text(told, "exposure"));
        Assert.Equal(path, told.TryGetProperty("exposurePath", out var steps) ? string.Join(" → ", steps.EnumerateArray().Select(step => step.GetString())) : "");
        Assert.Equal(level == "Internet" ? ExitCode.Hit : ExitCode.Done, result.ExitCode);

        // Who says it himself is believed.
        Assert.Equal(ExitCode.Done, (await RunAsync(Exposed, "--namespace", "shop", "--exposure", "Cluster", $"manifests:{file}")).ExitCode);
    }

    [Theory]
    [InlineData("", ExitCode.Done, "exposure not known")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: web, namespace: other}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}}", ExitCode.Done, "exposure not known")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}}", ExitCode.Hit, "exposure Internet (load balancer → Service shop/web:80 → port 80)")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: http}]}}", ExitCode.Unreadable, "Service shop/web: ")]
    [InlineData("{apiVersion: v1, kind: Service, metadata: 7}", ExitCode.Unreadable, "the object has no metadata")]
    public async Task Where_nothing_is_described_nothing_is_known_and_what_no_server_would_take_is_named(string more, int code, string said)
    {
        var file = stage[$"alone-{Guid.NewGuid():n}.yaml"];
        await File.WriteAllTextAsync(file, """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: b, image: IMAGE}]}}}}
            ---
            MORE
            """.Replace("IMAGE", $"'{stage.Reference}'", StringComparison.Ordinal).Replace("MORE", more.Length == 0 ? "{kind: Nothing}" : more, StringComparison.Ordinal));
        var result = await RunAsync(Exposed, $"manifests:{file}");

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(said, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_is_an_unknown_image()
    {
        var result = await RunAsync(Deny, "--namespace-label", "tier=prod", "--format", "json", "oci:nowhere");
        Assert.Equal(ExitCode.Hit, result.ExitCode);
        Assert.Equal("the contents of this image are unknown", Text(result.Json().GetProperty("targets")[0].GetProperty("violations")[0], "text"));
        var table = await RunAsync(Deny, "oci:nowhere");
        Assert.Equal(ExitCode.Unreadable, table.ExitCode);
        Assert.Contains("  SourceNotFound: 'nowhere' is not an OCI layout", table.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Hit, "severity=Critical,fixable")]
    [InlineData(ExitCode.Done, "severity=Malicious")]
    [InlineData(ExitCode.Done, "knownExploited")]
    [InlineData(ExitCode.Done, "deny")]
    [InlineData(ExitCode.Usage, "severity=Grave")]
    public async Task A_scan_fails_on_what_the_user_names(int code, string failOn)
    {
        var result = await CommandLine.RunAsync(["scan", stage.Reference, "--db", stage.Database, "--format", "json", "--fail-on", failOn]);
        Assert.Equal(code, result.ExitCode);
        if (code == ExitCode.Hit)
        {
            Assert.Equal(failOn, Text(result.Json().GetProperty("targets")[0].GetProperty("violations")[0], "rule"));
        }
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_ends_with_the_path_of_the_field()
    {
        var result = await RunAsync(Deny.Replace("severity: High", "severity: Hihg", StringComparison.Ordinal), stage.Reference);
        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        Assert.Contains("spec.rules[0].severity: 'Hihg' is invalid, use one of", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(["policy", "test", stage.Reference])).ExitCode);
        Assert.Equal(ExitCode.Usage, (await CommandLine.RunAsync(["scan", stage.Reference, "--inventory-only", "--fail-on", "malicious"])).ExitCode);
    }

    [Theory]
    [InlineData("2026-03-07", "left-pad\t1.0.0\t\t2026-03-01", ExitCode.Hit)]
    [InlineData("2026-03-08", "left-pad\t1.0.0\t\t2026-03-01", ExitCode.Done)]
    [InlineData("2026-03-07", "left-pad\t1.0.0", ExitCode.Done)]
    public async Task A_version_is_as_old_as_the_index_of_versions_says(string at, string line, int code)
    {
        var (feeds, database) = (stage[$"feeds-{Guid.NewGuid():n}"], stage[$"{Guid.NewGuid():n}.db"]);
        Directory.CreateDirectory(Path.Combine(feeds, "versions"));
        Directory.CreateDirectory(Path.Combine(feeds, "osv/npm"));
        File.Copy(stage["feeds/osv/npm/GHSA-0000-0000-0001.json"], Path.Combine(feeds, "osv/npm/GHSA-0000-0000-0001.json"));
        await File.WriteAllTextAsync(Path.Combine(feeds, "versions/npm.tsv"), line + "\n");
        Assert.Equal(ExitCode.Done, (await CommandLine.RunAsync(["db", "build", "--feeds", feeds, "--output", database])).ExitCode);

        var result = await RunAsync(
            "{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {name: young}, spec: {action: Deny, rules: [{name: age, minimumAgeDays: 7, ecosystems: [npm]}]}}",
            "--db", database, "--at", at, stage.Reference);

        Assert.Equal(code, result.ExitCode);
        Assert.Equal(code == ExitCode.Hit, result.Output.Contains("pkg:npm/left-pad@1.0.0 was published on 2026-03-01, less than 7 days ago", StringComparison.Ordinal));
    }

    private async Task<CommandLineResult> RunAsync(string policies, params string[] arguments)
    {
        var file = stage[$"policy-{Guid.NewGuid():n}.yaml"];
        await File.WriteAllTextAsync(file, policies);
        string[] database = arguments.Contains("--db") ? [] : ["--db", stage.Database];
        return await CommandLine.RunAsync(["policy", "test", "--policy", file, .. database, .. arguments]);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
