using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;
using OssRuntime.Stage;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.EndToEnd.Tests.Charts;

/// <summary>The chart as a user meets it: linted, rendered with few and with all values, and taken by a real API server.</summary>
public sealed partial class ChartTests(ChartStage stage) : IClassFixture<ChartStage>
{
    public static TheoryData<string> Values => ["", Everything];

    private static string Everything => Checkout.At("helm/ossruntime/ci/everything-values.yaml");

    [Theory]
    [MemberData(nameof(Values))]
    public async Task It_is_well_made(string values) => Assert.Contains("0 chart(s) failed", await stage.Helm.LintAsync(Checkout.Chart, With(values)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_real_server_takes_it(string values)
    {
        var manifests = await RenderAsync(With(values));
        var taken = await new ManifestApplier(stage.Client) { DryRun = true }.ApplyAsync(manifests);
        Assert.Contains("Deployment ossruntime/ossruntime", taken);
        Assert.Contains("ClusterRole ossruntime", taken);
        Assert.Equal(values.Length > 0, taken.Contains("ServiceMonitor ossruntime/ossruntime"));
        Assert.Equal(values.Length > 0, taken.Contains("PrometheusRule ossruntime/ossruntime"));
        Assert.Equal(values.Length > 0, taken.Contains("ConfigMap ossruntime/ossruntime-dashboards"));
    }

    [Theory]
    [InlineData("replicas=0")]
    [InlineData("image.digest=sha256:short")]
    [InlineData("options.retention=soon")]
    [InlineData("options.reportBytes=1000000")]
    [InlineData("option.retention=1h")]
    public async Task A_value_that_means_nothing_is_refused(string value)
    {
        var refused = await Assert.ThrowsAsync<StageException>(() => RenderAsync(["--set", value]));
        Assert.Contains("values don't meet the specifications of the schema", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_installed_without_advisories_unless_that_is_said()
    {
        var refused = await Assert.ThrowsAsync<StageException>(() => RenderAsync([]));

        Assert.Contains("advisories: set database.oci to an artifact of 'ossruntime db publish'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_option_of_the_operator_is_a_value()
    {
        var given = OptionName().Matches(await RenderAsync(With(Everything))).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        // Which cluster it runs in is no question in a cluster; old names are for those who use them already.
        var known = OperatorCommand.Create((_, _) => Task.FromResult(0)).Options.Where(option => !option.Hidden).Select(option => option.Name)
            .Where(name => name is not ("--kubeconfig" or "--help" or "--version"));
        Assert.Equal(known.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Its_arguments_are_understood_and_are_the_defaults_where_nothing_is_said(string values)
    {
        var deployment = await DeploymentAsync(With(values));
        OperatorOptions? read = null;
        var command = OperatorCommand.Create((options, _) => Task.FromResult((read = options) is null ? 1 : 0));
        var arguments = deployment.Spec.Template.Spec.Containers[0].Args.Select(argument => argument.Replace("$(POD_NAMESPACE)", "ossruntime", StringComparison.Ordinal));
        Assert.Equal(0, await command.Parse([.. arguments]).InvokeAsync());
        if (values.Length == 0)
        {
            // Outside a cluster registries of one's own machine are read from; in one nobody's should be.
            Assert.Contains(read!.RefusedRegistryRanges, range => range.Contains(System.Net.IPAddress.Loopback));
            Assert.Contains(read.RefusedRegistryRanges, range => range.Contains(System.Net.IPAddress.Parse("169.254.169.254")));
            Assert.Equivalent(new OperatorOptions { StateFolder = "/state" }, read with { RefusedRegistryRanges = [] }, strict: true);
        }
        else
        {
            Assert.Equal(TimeSpan.FromHours(48), read!.Retention);
        }
    }

    /// <summary>The rules of the Pod Security Standard <c>restricted</c>, which this server may be too old to enforce.</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public async Task Its_pods_are_restricted(string values)
    {
        var pod = (await DeploymentAsync(With(values))).Spec.Template.Spec;
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.NotEqual(0, pod.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True(pod.HostNetwork is null or false && pod.HostPID is null or false && pod.HostIPC is null or false);
        Assert.All(pod.Containers, container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Null(container.SecurityContext.Capabilities.Add);
            Assert.True(container.SecurityContext.Privileged is null or false);
            Assert.All(container.Ports, port => Assert.Null(port.HostPort));
        });
        Assert.All(pod.Volumes, volume => Assert.Null(volume.HostPath));
    }

    private static string[] With(string values) => values.Length == 0 ? ["--set", "withoutAdvisories=true"] : ["--values", values];

    private Task<string> RenderAsync(string[] arguments) =>
        stage.Helm.TemplateAsync(Checkout.Chart, "ossruntime", ChartStage.Namespace, ["--kube-version", stage.Version, .. arguments]);

    private async Task<V1Deployment> DeploymentAsync(string[] arguments) =>
        KubernetesYaml.LoadAllFromString(await stage.Helm.TemplateAsync(
            Checkout.Chart, "ossruntime", ChartStage.Namespace, [.. arguments, "--show-only", "templates/deployment.yaml"])).OfType<V1Deployment>().Single();

    [GeneratedRegex("(?<=- \"?)--[a-z-]+(?==)")]
    private static partial Regex OptionName();
}
