using System.Text;
using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Charts;
using OssRuntime.Stage;
using OssRuntime.Stage.Charts;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>The chart's ways to certificates, and what older and newer servers are given.</summary>
public sealed class WebhookChartTests
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

    [Fact]
    public async Task The_operator_makes_its_certificate_where_nobody_else_does()
    {
        var manifests = await RenderAsync();
        var rights = ChartRights.In(manifests);
        Assert.Contains("update secrets", rights);
        Assert.Contains("patch admissionregistration.k8s.io/validatingwebhookconfigurations", rights);
        Assert.DoesNotContain("--admission-certificates", manifests, StringComparison.Ordinal);
        Assert.All(Clients(manifests), client => Assert.Null(client.CaBundle));
    }

    [Fact]
    public async Task A_certificate_of_the_users_own_comes_with_whom_to_trust_and_takes_the_rights_away()
    {
        var folder = Directory.CreateTempSubdirectory("ossruntime-bundle");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ca.crt"), Pem);
        var manifests = await RenderAsync("--set", "admission.certificateSecret=mine", "--set-file", $"admission.caBundle={folder.FullName}/ca.crt");
        folder.Delete(recursive: true);
        Assert.Contains("--admission-certificates=/certificates", manifests, StringComparison.Ordinal);
        Assert.Contains("secretName: mine", manifests, StringComparison.Ordinal);
        Assert.All(Clients(manifests), client => Assert.Equal(Pem, Encoding.ASCII.GetString(client.CaBundle)));
        Assert.DoesNotContain(ChartRights.In(manifests), right => right is "update secrets");
        Assert.Contains("patch admissionregistration.k8s.io/validatingwebhookconfigurations", ChartRights.In(manifests));
    }

    [Fact]
    public async Task A_bundle_that_is_none_is_refused() =>
        await Assert.ThrowsAsync<StageException>(() => RenderAsync("--set", "admission.caBundle=nonsense"));

    [Theory]
    [InlineData("")]
    [InlineData("corporate")]
    public async Task With_cert_manager_its_certificate_is_mounted_and_its_authority_injected(string issuer)
    {
        string[] more = issuer.Length == 0 ? [] : ["--set", $"admission.certManager.issuerRef.name={issuer}", "--set", "admission.certManager.issuerRef.kind=ClusterIssuer"];
        var manifests = await RenderAsync(["--set", "admission.certManager.enabled=true", .. more]);
        Assert.Equal(2, manifests.Split("cert-manager.io/inject-ca-from: ossruntime/ossruntime-webhooks").Length - 1);
        Assert.Contains("secretName: ossruntime-webhooks-tls", manifests, StringComparison.Ordinal);
        Assert.Contains("secret: {secretName: ossruntime-webhooks-tls}", manifests, StringComparison.Ordinal);
        Assert.Contains("dnsNames: [ossruntime-webhooks.ossruntime.svc,", manifests, StringComparison.Ordinal);
        // An authority of its own outlives the certificates; somebody else's issuer needs none.
        Assert.Equal(issuer.Length == 0, manifests.Contains("isCA: true", StringComparison.Ordinal));
        Assert.DoesNotContain(ChartRights.In(Known(manifests)), right => right is "update secrets");
        // By which path it is called is told by the operator, whoever renews the certificate; an upgrade leaves alone what the chart does not say.
        Assert.Contains("patch admissionregistration.k8s.io/validatingwebhookconfigurations", ChartRights.In(Known(manifests)));
        Assert.All(Clients(manifests), client => Assert.Null(client.Service.Path));
    }

    [Theory]
    [InlineData("1.20.0", false)]
    [InlineData("1.27.9", false)]
    [InlineData("1.28.0", true)]
    [InlineData("1.33.1-eks-abc", true)]
    public async Task Match_conditions_are_for_servers_that_have_them(string version, bool expected)
    {
        var manifests = await RenderAsync("--kube-version", version);
        Assert.Equal(expected, manifests.Contains("matchConditions:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_start_when_nobody_answers_and_exempt_namespaces_are_never_asked_for()
    {
        var pods = Pods(await RenderAsync("--set", "admission.exemptNamespaces={legacy}"));
        Assert.Equal("Ignore", pods.FailurePolicy);
        Assert.Equal("NoneOnDryRun", pods.SideEffects);
        // The operator's own deadline is a second below.
        Assert.Equal(5, pods.TimeoutSeconds);
        Assert.Equal(["kube-system", "ossruntime", "legacy"], pods.NamespaceSelector.MatchExpressions.Single().Values);
        Assert.Equal("Fail", Pods(await RenderAsync("--set", "admission.failurePolicy=Fail")).FailurePolicy);
    }

    private static V1ValidatingWebhook Pods(string manifests) => KubernetesYaml.LoadAllFromString(Known(manifests)).OfType<V1ValidatingWebhookConfiguration>().Single().Webhooks.Single(webhook => webhook.Name == "pods.ossruntime.io");

    private static IEnumerable<Admissionregistrationv1WebhookClientConfig> Clients(string manifests)
    {
        var documents = KubernetesYaml.LoadAllFromString(Known(manifests));
        return documents.OfType<V1ValidatingWebhookConfiguration>().SelectMany(configuration => configuration.Webhooks.Select(webhook => webhook.ClientConfig))
            .Concat(documents.OfType<V1MutatingWebhookConfiguration>().SelectMany(configuration => configuration.Webhooks.Select(webhook => webhook.ClientConfig)));
    }

    // The client does not know cert-manager's kinds.
    private static string Known(string manifests) => string.Join("\n---\n", manifests.Split("\n---\n").Where(document => !document.Contains("cert-manager.io/v1\n", StringComparison.Ordinal)));

    [Fact]
    public async Task A_network_policy_lets_API_servers_in_and_whoever_is_named_and_is_off_where_nobody_says_from_where()
    {
        Assert.DoesNotContain("kind: NetworkPolicy", await RenderAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<StageException>(() => RenderAsync("--set", "networkPolicy.enabled=true"));
        await Assert.ThrowsAsync<StageException>(() => RenderAsync("--set", "networkPolicy.enabled=true", "--set", "networkPolicy.apiServers={everybody}"));
        var manifests = await RenderAsync(
            "--set", "networkPolicy.enabled=true",
            "--set", "networkPolicy.apiServers={10.0.0.1/32,10.0.0.2/32}",
            "--set", "networkPolicy.webhooksFrom[0].namespaceSelector.matchLabels.name=gatekeeper-system");
        var policy = Assert.Single(KubernetesYaml.LoadAllFromString(manifests).OfType<V1NetworkPolicy>());
        Assert.Equal(["Ingress"], policy.Spec.PolicyTypes);
        var deployment = Assert.Single(KubernetesYaml.LoadAllFromString(manifests).OfType<V1Deployment>());
        Assert.Equal(deployment.Spec.Selector.MatchLabels, policy.Spec.PodSelector.MatchLabels);
        var webhooks = Assert.Single(policy.Spec.Ingress, rule => rule.Ports.Single().Port.Value == "webhooks");
        Assert.Equal(["10.0.0.1/32", "10.0.0.2/32"], webhooks.FromProperty.Select(peer => peer.IpBlock?.Cidr).OfType<string>());
        Assert.Equal("gatekeeper-system", webhooks.FromProperty.Single(peer => peer.NamespaceSelector is not null).NamespaceSelector.MatchLabels["name"]);
        Assert.Null(Assert.Single(policy.Spec.Ingress, rule => rule.Ports.Single().Port.Value == "http").FromProperty);
    }

    private static async Task<string> RenderAsync(params string[] arguments) =>
        await (await Helm.FindAsync(Console.Error)).TemplateAsync(Checkout.Chart, "ossruntime", "ossruntime", ["--set", "withoutAdvisories=true", "--set", "admission.enabled=true", .. arguments]);
}
