using System.Diagnostics;
using k8s;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.EndToEnd.Tests.Charts;
using OssRuntime.Operator.Composition;
using OssRuntime.Stage;
using OssRuntime.Stage.Charts;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>
/// A whole stage with our resource definitions, the sample workloads, a database from the sample feed, and an operator that may do no more than
/// the chart allows it.
/// </summary>
public sealed class SpineStage : IAsyncLifetime
{
    private const string Namespace = "ossruntime";
    private const string ServiceAccount = $"system:serviceaccount:{Namespace}:ossruntime";
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("ossruntime-spine");
    private readonly bool _withNode;
    private string _kubeconfig = "";

    public SpineStage()
    {
    }

    /// <summary>With pods that really run.</summary>
    internal SpineStage(bool withNode) => _withNode = withNode;

    public WholeStage Stage { get; private set; } = null!;

    public k8s.Kubernetes Client { get; private set; } = null!;

    internal OperatorOptions Options => new()
    {
        StateFolder = Path.Combine(_state.FullName, "state"),
        Database = DatabasePath,
        Namespace = Namespace,
    };

    /// <summary>The sample feed.</summary>
    public static string Feeds => Checkout.At("config/samples/feeds");

    /// <summary>A folder that goes with the stage.</summary>
    public string Folder => _state.FullName;

    public string DatabasePath => Path.Combine(_state.FullName, "advisories.db");

    public async ValueTask InitializeAsync()
    {
        Stage = await WholeStage.UpAsync(new WholeStageOptions { Audited = true, WithNode = _withNode }, Console.Error);
        Client = Stage.Cluster.CreateClient();
        var applier = new ManifestApplier(Client);
        foreach (var file in Directory.GetFiles(Checkout.At("crds")))
        {
            await applier.ApplyAsync(await File.ReadAllTextAsync(file), CancellationToken.None);
        }

        await AllowWhatTheChartAllowsAsync(applier);
        await Stage.DeployAsync(Checkout.At("config/samples/workloads"));
        await Stage.DeployAsync(Checkout.At("config/samples/policies"));
        await BuildDatabaseAsync(Feeds);
    }

    /// <summary>Puts a new generation in place, in one step.</summary>
    public Task BuildDatabaseAsync(params string[] feeds) =>
        new DatabaseBuilder().BuildAsync([.. feeds.Select(feed => new FeedRoot(feed))], DatabasePath);

    /// <summary>What the chart allows the operator.</summary>
    public IReadOnlySet<string> Rights { get; private set; } = null!;

    /// <summary>The way to the API server for an operator that may do no more than the chart allows it.</summary>
    internal string OperatorKubeconfig => _kubeconfig;

    internal RunningOperator StartOperator(TimeSpan? retention = null) => StartOperator(options => options with { Retention = retention ?? options.Retention });

    internal RunningOperator StartOperator(Func<OperatorOptions, OperatorOptions> change) => new(_kubeconfig, change(Options));

    /// <summary>Each request that the operator made so far; null where the API server is not ours to ask.</summary>
    public IReadOnlyList<AuditedRequest>? OperatorRequests =>
        Stage.Cluster.AuditLog is { } log ? [.. AuditedRequest.ReadAll(log).Where(request => request.User == ServiceAccount)] : null;

    /// <summary>Names and versions of all our objects.</summary>
    public async Task<SortedDictionary<string, string>> WrittenAsync()
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var plural in new[] { "imageinventories", "workloadreports" })
        {
            foreach (var item in await ListAsync(plural))
            {
                versions[$"{plural}/{item.Metadata.NamespaceProperty}/{item.Metadata.Name}"] = item.Metadata.ResourceVersion!;
            }
        }

        return versions;
    }

    /// <summary>Names and contents of all our objects.</summary>
    public async Task<SortedDictionary<string, string>> ContentsAsync()
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var plural in new[] { "imageinventories", "workloadreports" })
        {
            foreach (var item in await ListAsync(plural))
            {
                contents[$"{plural}/{item.Metadata.NamespaceProperty}/{item.Metadata.Name}"] = $"{item.Spec} {item.Report} {item.Status}";
            }
        }

        return contents;
    }

    internal async Task<IReadOnlyList<SpineReport>> ListAsync(string plural) =>
        (await Client.CustomObjects.ListClusterCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", plural)).Items;

    /// <summary>Waits until something holds, at most a minute.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(1), $"waited a minute for: {what}");
            await Task.Delay(100);
        }
    }

    private async Task AllowWhatTheChartAllowsAsync(ManifestApplier applier)
    {
        var helm = await Helm.FindAsync(Console.Error);
        var rights = await helm.TemplateAsync(
            Checkout.Chart, "ossruntime", Namespace, "--set", "withoutAdvisories=true", "--set", "metrics.authentication=false", "--show-only", "templates/rbac.yaml", "--show-only", "templates/serviceaccount.yaml");
        await applier.ApplyAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Namespace}}}}}");
        await applier.ApplyAsync(rights);
        // Kinds of groups that this server does not have are not asked for.
        var served = (await Client.Apis.GetAPIVersionsAsync()).Groups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        Rights = ChartRights.In(rights)
            .Where(right => right.Split(' ')[1] is var kind && (!kind.Contains('/', StringComparison.Ordinal) || served.Contains(kind[..kind.IndexOf('/', StringComparison.Ordinal)])))
            .ToHashSet(StringComparer.Ordinal);
        _kubeconfig = await Stage.Cluster.KubeconfigForAsync(ServiceAccount, ["system:serviceaccounts", $"system:serviceaccounts:{Namespace}"]);
    }

    public async ValueTask DisposeAsync()
    {
        // A stage that did not come up has thrown already, and says why.
        Client?.Dispose();
        if (Stage is not null)
        {
            await Stage.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }
}
