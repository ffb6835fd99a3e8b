using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using k8s;
using k8s.Autorest;
using k8s.Models;
using OssRuntime.Stage.Clusters;

namespace OssRuntime.Stage.Pods;

/// <summary>
/// Plays scheduler and kubelet through the API where no node is: pods are bound to made-up nodes and get the statuses that a kubelet with
/// containerd writes, with the digests that their registries tell. Nothing runs. A pod is Running some tens of milliseconds after it was
/// created; one whose image cannot be pulled ends in ImagePullBackOff; a deleted one goes at once.
/// </summary>
public sealed class PodStage : IAsyncDisposable
{
    private const int Workers = 8;

    private readonly k8s.Kubernetes _client;
    private readonly PodStageOptions _options;
    private readonly ImagePuller _puller = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, V1Pod> _pods = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _queued = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FailedPull> _failed = new(StringComparer.Ordinal);
    private readonly Channel<string> _queue = Channel.CreateUnbounded<string>();
    private Task _running = Task.CompletedTask;

    private PodStage(k8s.Kubernetes client, PodStageOptions options)
    {
        _client = client;
        _options = options;
    }

    /// <summary>Creates the nodes and begins to play.</summary>
    /// <param name="cluster">A cluster without a node.</param>
    /// <param name="options">What to play.</param>
    /// <param name="cancellationToken">Ends the start, not the stage.</param>
    /// <exception cref="StageException">The cluster has nodes that run pods themselves.</exception>
    public static async Task<PodStage> StartAsync(Cluster cluster, PodStageOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (cluster.HasNode)
            throw new StageException("The cluster has a node: pods run there, and the stage must not write their statuses.");
        var stage = new PodStage(cluster.CreateClient(), options ?? new PodStageOptions());
        var version = await stage._client.Version.GetCodeAsync(cancellationToken);
        foreach (var node in stage._options.Nodes)
            await NodeObject.EnsureAsync(stage._client, node, version.GitVersion, cancellationToken);
        stage._running = Task.WhenAll([stage.WatchAsync(), .. Enumerable.Range(0, Workers).Select(_ => stage.WorkAsync())]);
        return stage;
    }

    /// <summary>Stops playing. Pods and nodes stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _puller.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        await foreach (var (key, pod) in new PodWatch(_client).RunAsync(_stop.Token))
        {
            if (pod is null)
            {
                if (_pods.TryRemove(key, out var gone))
                    Forget(gone);
                continue;
            }

            _pods[key] = pod;
            Enqueue(key);
        }
    }

    private void Forget(V1Pod gone)
    {
        _turns.TryRemove(PodWatch.Key(gone), out _);
        foreach (var failed in _failed.Keys.Where(key => key.StartsWith(gone.Uid(), StringComparison.Ordinal)))
            _failed.TryRemove(failed, out _);
    }

    private void Enqueue(string key)
    {
        if (_queued.TryAdd(key, 0))
            _queue.Writer.TryWrite(key);
    }

    private void EnqueueLater(string key, TimeSpan delay) =>
        _ = Task.Delay(delay, _stop.Token).ContinueWith(_ => Enqueue(key), _stop.Token, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    private async Task WorkAsync()
    {
        await foreach (var key in _queue.Reader.ReadAllAsync(_stop.Token))
        {
            var turn = _turns.GetOrAdd(key, _ => new SemaphoreSlim(1));
            await turn.WaitAsync(_stop.Token);
            try
            {
                _queued.TryRemove(key, out _);
                if (_pods.TryGetValue(key, out var pod))
                    await PlayAsync(key, pod);
            }
            catch (HttpOperationException refused) when (refused.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
            {
                // The pod has changed meanwhile or is gone: the watch tells how.
            }
            catch (Exception broken) when (broken is HttpOperationException or HttpRequestException)
            {
                EnqueueLater(key, _options.PullRetry);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    private async Task PlayAsync(string key, V1Pod pod)
    {
        if (pod.Spec.NodeName is null)
        {
            if (pod.DeletionTimestamp() is null && PodPlacement.Choose(pod, _options.Nodes) is { } chosen)
                await BindAsync(pod, chosen);
            return;
        }

        if (_options.Nodes.FirstOrDefault(node => node.Name == pod.Spec.NodeName) is not { } here)
            return;
        if (pod.DeletionTimestamp() is not null)
            await EndAsync(pod);
        else if (pod.Status?.Phase is not ("Succeeded" or "Failed"))
            await RunAsync(key, pod, here);
    }

    private Task<V1Binding> BindAsync(V1Pod pod, StageNode node) =>
        _client.CoreV1.CreateNamespacedPodBindingAsync(
            new V1Binding
            {
                Metadata = new V1ObjectMeta { Name = pod.Name(), NamespaceProperty = pod.Namespace(), Uid = pod.Uid() },
                Target = new V1ObjectReference { ApiVersion = "v1", Kind = "Node", Name = node.Name },
            },
            pod.Name(),
            pod.Namespace(),
            cancellationToken: _stop.Token);

    private Task<V1Pod> EndAsync(V1Pod pod) =>
        _client.CoreV1.DeleteNamespacedPodAsync(
            pod.Name(),
            pod.Namespace(),
            new V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new V1Preconditions { Uid = pod.Uid() } },
            cancellationToken: _stop.Token);

    private async Task RunAsync(string key, V1Pod pod, StageNode node)
    {
        // First without images, as a kubelet does while they are pulled.
        if (pod.Status?.ContainerStatuses is null or { Count: 0 })
        {
            await WriteAsync(pod, new KubeletStatus(pod, _ => null, DateTime.UtcNow).Make(finished: false));
            return;
        }

        var outcomes = await PullAsync(key, pod, node);
        var began = pod.Status.ContainerStatuses.Min(status => status.State?.Running?.StartedAt);
        var left = began + _options.JobDuration - DateTime.UtcNow;
        var isJob = pod.OwnerReferences()?.Any(owner => owner.Kind == "Job") == true;
        if (isJob && left > TimeSpan.Zero)
            EnqueueLater(key, left.Value);

        var status = new KubeletStatus(pod, outcomes.GetValueOrDefault, DateTime.UtcNow).Make(finished: isJob && left <= TimeSpan.Zero);
        if (KubernetesJson.Serialize(status) != KubernetesJson.Serialize(pod.Status))
            await WriteAsync(pod, status);
        else if (isJob && left is null)
            EnqueueLater(key, _options.JobDuration);
    }

    // What is running stays as it was pulled; only new containers and changed images are asked for.
    private async Task<Dictionary<string, PullOutcome>> PullAsync(string key, V1Pod pod, StageNode node)
    {
        var known = (pod.Status.ContainerStatuses ?? []).Concat(pod.Status.InitContainerStatuses ?? []).Concat(pod.Status.EphemeralContainerStatuses ?? [])
            .Where(status => status.ImageID is { Length: > 0 })
            .ToDictionary(status => status.Name, status => new PullOutcome(status.Image, status.ImageID), StringComparer.Ordinal);
        var containers = (pod.Spec.InitContainers ?? []).Concat(pod.Spec.Containers).Select(container => (container.Name, container.Image))
            .Concat((pod.Spec.EphemeralContainers ?? []).Select(container => (container.Name, container.Image)));
        IReadOnlyDictionary<string, string>? logins = null;
        var outcomes = new Dictionary<string, PullOutcome>(StringComparer.Ordinal);
        foreach (var (name, image) in containers)
        {
            if (known.TryGetValue(name, out var before) && before.Image == (ImageName.Parse(image)?.ToString() ?? image))
            {
                outcomes[name] = before;
                continue;
            }

            var container = $"{pod.Uid()}/{name}";
            if (_failed.TryGetValue(container, out var failed) && failed.Image == image && failed.NextTry > Environment.TickCount64)
            {
                outcomes[name] = failed.WhileWaiting;
                continue;
            }

            logins ??= await PullLogins.OfAsync(_client, pod, _stop.Token);
            var outcome = await _puller.PullAsync(image, node.Architecture, logins, _stop.Token);
            outcomes[name] = outcome.ImageId is null && failed?.Image == image ? failed.WhileWaiting : outcome;
            if (outcome.ImageId is null)
            {
                _failed[container] = new FailedPull(image, outcome, Environment.TickCount64 + (long)_options.PullRetry.TotalMilliseconds);
                EnqueueLater(key, _options.PullRetry + TimeSpan.FromMilliseconds(50));
            }
        }

        return outcomes;
    }

    private Task<V1Pod> WriteAsync(V1Pod pod, V1PodStatus status) =>
        _client.CoreV1.ReplaceNamespacedPodStatusAsync(
            new V1Pod { Metadata = pod.Metadata, Spec = pod.Spec, Status = status }, pod.Name(), pod.Namespace(), cancellationToken: _stop.Token);
}
