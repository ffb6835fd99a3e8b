using System.Diagnostics;
using k8s;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Operator;
using OssRuntime.Stage;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>A whole stage with our resource definitions, the sample workloads and a database from the sample feed.</summary>
public sealed class SpineStage : IAsyncLifetime
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("ossruntime-spine");

    public WholeStage Stage { get; private set; } = null!;

    public k8s.Kubernetes Client { get; private set; } = null!;

    internal OperatorOptions Options => new()
    {
        StateFolder = Path.Combine(_state.FullName, "state"),
        Database = DatabasePath,
        Namespace = "default",
    };

    public string DatabasePath => Path.Combine(_state.FullName, "advisories.db");

    public async ValueTask InitializeAsync()
    {
        Stage = await WholeStage.UpAsync(new WholeStageOptions(), Console.Error);
        Client = Stage.Cluster.CreateClient();
        var applier = new ManifestApplier(Client);
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "crds")))
        {
            await applier.ApplyAsync(await File.ReadAllTextAsync(file), CancellationToken.None);
        }

        await Stage.DeployAsync(Path.Combine(Root, "config/samples/workloads"));
        await BuildDatabaseAsync(Path.Combine(Root, "config/samples/feeds"));
    }

    /// <summary>Puts a new generation in place, in one step.</summary>
    public Task BuildDatabaseAsync(params string[] feeds) =>
        new DatabaseBuilder().BuildAsync([.. feeds.Select(feed => new FeedRoot(feed))], DatabasePath);

    internal RunningOperator StartOperator() => new(Stage.Cluster.KubeconfigPath, Options);

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

    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "OssRuntime.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
