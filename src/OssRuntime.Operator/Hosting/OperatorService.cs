using Microsoft.Extensions.Hosting;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// The operator from start to end (the drawing is in ARCHITECTURE.md). Up: (1) the keys of seals are read; (2) stores, events and kinds are followed; (3) what is known of
/// components is opened; (4) the informers list, and every event of theirs is put into what is known; (5) webhooks are answered, the process is ready, and on the leader the
/// controllers work; (6) when every pod of the start was looked at once, what is left over from before is looked at.
/// Down: not ready at once, and asked no more after a while; then the controllers end.
/// </summary>
internal sealed class OperatorService(OperatorBuilder house, Readiness readiness) : BackgroundService, IHostedLifecycleService
{
    private readonly ControllerEnvironment _environment = house.Environment;

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Told to stop: until the API server has noticed that this replica is not ready it may still be asked, and answers.</summary>
    async Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.ShutDown();
        if (house.Webhooks is { } webhooks)
        {
            webhooks.Leave();
            await Task.Delay(house.Options.AdmissionDrain, _environment.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // :: Step 1: keys
        readiness.WaitFor("the key of seals");
        await house.KeyKeeper.LoadAsync(needed: house.Options.AdmissionListen is not null || house.Options.DeniedImages is not null, stoppingToken);

        // :: Step 2: who tells of what happens
        readiness.WaitFor("the API server");
        var triggers = new Triggers(house);
        triggers.Follow();
        await house.Cluster.Kinds.StartAsync(stoppingToken);

        // :: Step 3: what is known of components
        house.Knowledge.Look();
        if (house.Knowledge.Absence.IsRefused)
        {
            readiness.Refuse(house.Knowledge.Absence);
        }

        // :: Step 4 to 6
        var host = new ControllerHost(house.Cluster.Informers, _environment, Lease(), house.Cluster.Events, house.Liveness);
        host.AddEverywhere(triggers.Worker());
        Add(host);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var start = StartAsync(host, stop.Token);
        try
        {
            await host.RunAsync(stoppingToken);
        }
        finally
        {
            await stop.CancelAsync();
            await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Add(ControllerHost host)
    {
        foreach (var controller in (IController[])[house.Knowledge.DatabaseKeeper, house.Knowledge.Vex, house.KeyKeeper, house.Cluster.Kinds, .. house.EverywhereControllers])
        {
            host.AddEverywhere(controller);
        }

        foreach (var controller in house.LeaderControllers)
        {
            host.Add(controller);
        }
    }

    private async Task StartAsync(ControllerHost host, CancellationToken cancel)
    {
        // :: Step 4: what the first lists brought
        readiness.WaitFor("the first lists");
        await host.Synced.WaitAsync(cancel);
        await house.State.Queues.Events.WhenIdleAsync(cancel);
        house.SayIndexed();

        // :: Step 5: serving and working
        house.State.Backlog.Open(house.Cluster.Pods.Snapshot().Select(pod => pod.Key));
        readiness.WaitFor("the webhooks");
        await (house.Webhooks?.PrepareAsync(cancel) ?? Task.CompletedTask);
        readiness.Ready();

        // :: Step 6: what is left over
        await house.State.Backlog.Done.WaitAsync(cancel);
        house.State.Queues.Events.Add(ClusterEvent.StartCompleted);
    }

    private LeaderLease Lease() => new(
        house.Cluster.Connection,
        new ObjectKey(house.Options.Namespace, "ossruntime"),
        $"{Environment.MachineName}-{_environment.Random.Next(int.MaxValue):x8}");
}
