using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Cli.Manifests;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Stage;

namespace OssRuntime.EndToEnd.Tests.Policies;

/// <summary>
/// The command line and the cluster judge alike: the same policies and exceptions, once from files and once as the API server would hand them out, over the same
/// image in many places.
/// </summary>
public sealed class PolicyTestTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 11, 26);
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private const string Policies = """
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: findings}
        spec:
          selector: {excludedNamespaces: [kube-*]}
          action: Deny
          rules:
            - {name: urgent, priority: OutOfCycle}
            - {name: severe, severity: High, fixable: true, action: Warn, message: update it}
            - {name: exposed, knownExploited: true, exposure: Internet}
            - {name: likely, epssPercent: 30, action: Audit}
            - {name: malicious, malicious: true}
            - {name: waiting, fixableForDays: 30, action: Warn}
            - {name: named, advisories: [GHSA-*]}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: packages}
        spec:
          selector: {namespaces: [shop, team-*], images: ["registry.example/*"]}
          action: Warn
          rules:
            - {name: denied, deniedPackages: ["pkg:npm/lodash <4.17.21"], reportSeverity: Critical}
            - {name: vetted, vettedPackages: ["pkg:npm/%40acme/*"], ecosystems: [npm]}
            - {name: licences, licenses: [AGPL-*], action: Deny}
            - {name: ours, reservedPackages: ["pkg:npm/@acme/*"], origins: ["https://npm.acme.example/*"]}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: releases}
        spec:
          rules:
            - {name: ended, endOfLife: true, action: Deny}
            - {name: ending, endOfLifeWithinDays: 30, action: Warn}
            - {name: states, lifecycleStates: [SecurityOnly]}
            - {name: proven, unverifiedInventory: true}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskPolicy
        metadata: {name: production-only}
        spec: {selector: {namespaceLabels: [tier=prod]}, action: Deny, rules: [{name: all, severity: Unknown}]}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskException
        metadata: {name: padding, namespace: shop}
        spec: {advisories: [CVE-2021-1], packages: ["pkg:npm/lodash <4.17.21"], workloads: [Deployment/*], reason: x, expires: "2026-11-26T12:00:01Z", approved: true, requestedBy: a, approvedBy: b}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: RiskException
        metadata: {name: over, namespace: shop}
        spec: {rules: [releases/*], reason: x, expires: "2026-11-26T12:00:00Z", approved: true, requestedBy: a, approvedBy: b}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: ClusterRiskException
        metadata: {name: debian}
        spec: {rules: [releases/ended], namespaces: [team-*], reason: x, expires: "2027-01-01T00:00:00Z", approved: true, requestedBy: a, approvedBy: b}
        ---
        apiVersion: ossruntime.io/v1alpha1
        kind: ClusterRiskException
        metadata: {name: self-approved}
        spec: {rules: ["*/*"], reason: x, expires: "2027-01-01T00:00:00Z", approved: true, requestedBy: a, approvedBy: a}
        """;

    private readonly string _folder = StageFolders.CreateTemporary("policies");
    private readonly KubernetesConnection _connection = KubernetesConnection.To(new Uri("http://127.0.0.1:1"));
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());

    public void Dispose()
    {
        _events.Dispose();
        _connection.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_command_line_and_the_cluster_judge_alike()
    {
        var file = Path.Combine(_folder, "policies.yaml");
        File.WriteAllText(file, Policies);
        var (hits, violations) = Cluster(file);
        var answers = new HashSet<string>();
        foreach (var (@namespace, workload, image, level, impact) in Places())
        {
            var request = new PolicyRequest { Files = [file], Namespace = @namespace, Workload = workload, Exposure = level, Impact = impact };
            var verdict = Assert.Single(new PolicyEvaluator(request, Today, Now).Judge(new JudgedImage(image, Outcome.Inventory, Outcome.Checked, Outcome.Findings, Outcome.Lifecycles)));
            var standing = new WorkloadContext { Level = level, Impact = impact ?? DeployerContext.Assumed.Impact };
            var scope = new ExceptionScope(@namespace, workload, image, Outcome.Inventory!.Digest!.Value.Value);
            var expected = violations.Find(hits, violations.PoliciesFor(@namespace, image), scope, standing);

            Assert.Equal(expected.Select(violation => violation.ReportLine), verdict.Violations.Select(violation => violation.ReportLine));
            Assert.Equal(expected.Any(violation => violation.Rule.Action == PolicyAction.Deny), verdict.IsDenied);
            answers.Add(string.Join('\n', verdict.Violations.Select(violation => violation.Text)));
        }

        // The places matter: otherwise the two would agree on nothing.
        Assert.True(answers.Count >= 15, $"{answers.Count} different answers");
    }

    private static IEnumerable<(string Space, string? Workload, string Image, ExposureLevel? Level, HumanImpact? Impact)> Places() =>
        from @namespace in new[] { "shop", "team-a", "other", "kube-system" }
        from workload in new[] { null, "Deployment/web", "CronJob/nightly" }
        from image in new[] { "registry.example/shop/web:1", "docker.io/library/web:1" }
        from level in new ExposureLevel?[] { null, ExposureLevel.None, ExposureLevel.Namespace, ExposureLevel.Cluster, ExposureLevel.Internet }
        from impact in new HumanImpact?[] { null, HumanImpact.Low, HumanImpact.VeryHigh }
        select (@namespace, workload, image, level, impact);

    // What the operator does with the same objects, from the API server's JSON on.
    private (ImmutableArray<RuleHit> Hits, Violations Violations) Cluster(string file)
    {
        var (policies, exceptions) = (new PolicySet(new SealKeys()), new ExceptionSet(new AnyApproval(), new FixedClock()));
        foreach (var (_, item) in YamlJson.Read(file))
        {
            var json = item.GetRawText();
            switch (item.GetProperty("kind").GetString())
            {
                case "RiskPolicy":
                    var policy = JsonSerializer.Deserialize(json, ResourceJson.Default.RiskPolicyResource)!;
                    Assert.True(policies.Set(policy.Metadata.Name, policy));
                    break;
                case "RiskException":
                    var own = JsonSerializer.Deserialize(json, ResourceJson.Default.RiskExceptionResource)!;
                    exceptions.Set(new ApprovalSubject(own.Key), own.Spec);
                    break;
                default:
                    var cluster = JsonSerializer.Deserialize(json, ResourceJson.Default.ClusterRiskExceptionResource)!;
                    exceptions.Set(new ApprovalSubject(cluster.Key), cluster.Spec);
                    break;
            }
        }

        var informers = new InformerRegistry(_connection);
        var declarations = new OwnerAnnotationIndex(informers, informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store, _events);
        var hits = RuleMatcher.Match(policies.All, new PolicySubject(Outcome.Inventory!, FindingSummary.Pressing(Outcome.Findings), Outcome.Lifecycles) { Today = Today });
        return (hits, new Violations(policies, exceptions, declarations));
    }

    private static readonly ScanOutcome Outcome = new()
    {
        Target = "registry.example/shop/web:1",
        Inventory = new ComponentInventory
        {
            Digest = Model.Images.Digest.Parse("sha256:" + new string('a', 64)),
            Components =
            [
                Component("lodash", "4.17.15") with { Licenses = ["MIT"] },
                Component("@acme/core", "1.0.0") with { Licenses = ["MIT AND AGPL-3.0-only"], Origin = "https://registry.npmjs.org/x.tgz" },
            ],
        },
        Checked = new CheckCoverage(2, 2, []),
        Findings =
        [
            new Finding
            {
                Id = "CVE-2021-1", Aliases = ["GHSA-1"], Severity = Severity.Critical, KnownExploited = true, FixedIn = "4.17.21", FixKnownOn = Today.AddDays(-40),
                Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Component = Component("lodash", "4.17.15"),
            },
            new Finding { Id = "CVE-2021-2", Severity = Severity.High, FixedIn = "5.0.0", FixKnownOn = Today.AddDays(-3), Epss = 0.4, Component = Component("lodash", "4.17.15") },
            new Finding { Id = "CVE-2021-3", Severity = Severity.Critical, Status = FindingStatus.NotAffected, Component = Component("lodash", "4.17.15") },
            new Finding { Id = "MAL-1", Severity = Severity.Malicious, Component = Component("@acme/core", "1.0.0") },
        ],
        Lifecycles =
        [
            new LifecycleStatus("debian", "10", LifecycleState.EndOfLife, new DateOnly(2024, 6, 30), -879, "Debian GNU/Linux 10 (buster)", "test"),
            new LifecycleStatus("nodejs", "20", LifecycleState.SecurityOnly, Today.AddDays(12), 12, "pkg:generic/node@20.0.0", "test"),
        ],
    };

    private static Component Component(string name, string version) => new()
    {
        Purl = PackageUrl.Parse($"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{version}"),
        Name = name,
        Version = version,
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(null, $"app/node_modules/{name}/package.json"),
    };

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
