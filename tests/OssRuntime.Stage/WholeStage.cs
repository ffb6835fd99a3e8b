using System.Diagnostics;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Pods;
using OssRuntime.Stage.Registries;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.Stage;

/// <summary>Everything at once: a cluster whose Deployments become pods, registries with the sample images, and someone who runs or plays the pods.</summary>
public sealed class WholeStage : IAsyncDisposable
{
    private const string PrivateUser = "shop";
    private const string PrivatePassword = "open-sesame";
    private readonly Stack<IAsyncDisposable> _parts = new();

    private WholeStage()
    {
    }

    /// <summary>The cluster.</summary>
    public Cluster Cluster { get; private set; } = null!;

    /// <summary>The registry that everybody reads; null where public images are used.</summary>
    public RegistryServer? Registry { get; private set; }

    /// <summary>The registry that asks for credentials; null where public images are used.</summary>
    public RegistryServer? PrivateRegistry { get; private set; }

    /// <summary>The images in the registries; null where public images are used.</summary>
    public ImageShelf? Shelf { get; private set; }

    /// <summary>What the sample manifests' placeholders stand for here.</summary>
    public Placeholders Placeholders => Registry is { } open && PrivateRegistry is { } guarded
        ? Placeholders.For(open.Address, guarded.Address, Placeholders.PullSecretOf(guarded))
        : Placeholders.ForPublicImages();

    /// <summary>Brings everything up.</summary>
    /// <param name="options">What it has.</param>
    /// <param name="log">Gets a line for each step that takes time.</param>
    /// <param name="cancellationToken">Stops what was started.</param>
    public static async Task<WholeStage> UpAsync(WholeStageOptions options, TextWriter log, CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        var stage = new WholeStage();
        try
        {
            await stage.StartAsync(options, TextWriter.Synchronized(log), cancellationToken);
            await log.WriteLineAsync($"The stage is up after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies the manifests of a folder, with the placeholders filled in.</summary>
    /// <param name="folder">Its <c>*.yaml</c> files are applied in alphabetical order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task DeployAsync(string folder, CancellationToken cancellationToken = default)
    {
        using var client = Cluster.CreateClient();
        var applier = new ManifestApplier(client);
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            await applier.ApplyAsync(Placeholders.FillIn(await File.ReadAllTextAsync(file, cancellationToken)), cancellationToken);
    }

    /// <summary>Writes a file that a shell sources: <c>KUBECONFIG</c> and, unless public images are used, the registries and the login.</summary>
    public async Task WriteEnvironmentAsync(string path, CancellationToken cancellationToken = default)
    {
        var lines = new List<string> { $"export KUBECONFIG='{Cluster.KubeconfigPath}'", $"export STAGE_PID={Environment.ProcessId}" };
        if (Registry is { } open && PrivateRegistry is { } guarded)
        {
            lines.Add($"export REGISTRY={open.Address}");
            lines.Add($"export PRIVATE_REGISTRY={guarded.Address}");
            lines.Add($"export PRIVATE_USER='{PrivateUser}' PRIVATE_PASSWORD='{PrivatePassword}'");
            lines.Add($"export PULL_SECRET={Placeholders.PullSecretOf(guarded)}");
        }

        // Whoever waits for the file never sees half of it.
        var unfinished = path + ".new";
        await File.WriteAllLinesAsync(unfinished, lines, cancellationToken);
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Stops what was started, the last first.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private async Task StartAsync(WholeStageOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        var filled = Task.CompletedTask;
        if (!options.PublicImages)
        {
            Registry = Keep(await RegistryServer.StartAsync(
                new RegistryOptions { Storage = Path.Combine(StageFolders.Cache, "registry", "open") }, log, cancellationToken));
            PrivateRegistry = Keep(await RegistryServer.StartAsync(
                new RegistryOptions
                {
                    Storage = Path.Combine(StageFolders.Cache, "registry", "private"),
                    Credentials = new RegistryCredentials(PrivateUser, PrivatePassword),
                },
                log,
                cancellationToken));
            await log.WriteLineAsync($"Registries at {Registry.Address} and, with a login, {PrivateRegistry.Address}");
            filled = FillAsync(Registry, PrivateRegistry, log, cancellationToken);
        }

        try
        {
            var cluster = new ClusterOptions
            {
                WithControllers = true,
                WithNode = options.WithNode,
                Audited = options.Audited,
                Registries = [.. new[] { Registry?.Address, PrivateRegistry?.Address }.OfType<string>()],
            };
            Cluster = Keep(await Cluster.FindOrStartAsync(cluster, log, cancellationToken));
        }
        finally
        {
            await filled;
        }

        if (Cluster.HasNode)
        {
            if (Cluster.Origin == ClusterOrigin.ExistingKubeconfig && Registry is not null)
                await log.WriteLineAsync($"The nodes of the cluster must reach {Registry.Address}: if they are not on this machine, use public images.");
        }
        else
        {
            Keep(await PodStage.StartAsync(Cluster, cancellationToken: cancellationToken));
            await log.WriteLineAsync("No node: the stage plays kubelet");
        }
    }

    private async Task FillAsync(RegistryServer open, RegistryServer guarded, TextWriter log, CancellationToken cancellationToken)
    {
        Shelf = await ImageShelf.EnsureAsync(SampleImage.All.Select(image => image.Name).Distinct(StringComparer.Ordinal), log, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            SampleImage.All,
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (image, token) => await Shelf.PushAsync(image.Name, image.IsPrivate ? guarded : open, image.Repository, token));
        await log.WriteLineAsync($"{SampleImage.All.Count} images pushed in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
