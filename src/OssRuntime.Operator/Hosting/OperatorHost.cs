using System.Collections.Frozen;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.NameChecks;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Inventory;
using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Store;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.DenyLists;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Operator.Watching;
using OssRuntime.Operator.Workloads;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// The operator from start to end: the place where the rooms meet (the drawing is in ARCHITECTURE.md).
/// (1) metrics and health are served; (2) the informers list; (3) the database is opened; (4) on the leader the four controllers work: pods → images and
/// workloads, images → inventories, inventories → findings, findings → reports; (5) when every pod of the start was looked at, what is left
/// over from before is swept.
/// </summary>
internal sealed class OperatorHost(OperatorOptions options, KubernetesConnection connection)
{
    private readonly ControllerEnvironment _environment = connection.Environment;

    /// <summary>Is told where metrics and health are served, once they are.</summary>
    public Action<IReadOnlyCollection<string>>? Listening { get; init; }

    public async Task RunAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(options.StateFolder);
        using var jars = options.JavaIndex is { } index ? JavaChecksumIndex.Open(index) : null;
        var inventories = new InventoryOptions
        {
            BaseImages = options.BaseImages is { } bases ? KnownBaseImages.ReadFile(bases) : KnownBaseImages.None,
            JavaIndex = jars,
            Mode = options.Source,
            Sboms = SbomChoices.Read(options.SbomKinds, options.SbomUnverified, options.SbomTrust, options.SbomIdentities),
        };
        var (vexPaths, attachedVex) = AttachedVexOptions.Read(options.Vex, inventories.Sboms.Trust);
        var matching = new MatchOptions
        {
            ExtendedSupport = [.. options.ExtendedSupport],
            ReservedNames = ReservedNames.Read(options.ReservedNames),
            AskUpstreamWhereSilent = options.UpstreamWhereSilent,
        };
        using var store = SqliteInventoryStore.Open(Path.Combine(options.StateFolder, "inventory.db"), new StoreTroubles(_environment.Loggers));
        var running = new RunningPods();
        var facts = new FactsIndex();
        using var metrics = new OperatorMetrics(running, facts, _environment.Time, options.FindingSeries);
        using var queues = new OperatorQueues(_environment);
        using var database = new CurrentDatabase();
        using var registries = new RegistryClient(
            new RegistryOptions
            {
                PlainHttp = [.. options.InsecureRegistries],
                AnswerTimeout = options.RegistryPatience,
                StallTimeout = options.RegistryPatience,
            },
            _environment.Time,
            new RegistryMetrics(metrics.Inventories));
        using var budget = new WriteBudget(_environment);
        var events = new EventRecorder(connection, budget);

        // :: Step 1: metrics and health
        var readiness = new Readiness();
        await using var server = new HttpServer(options.Listen, metrics, readiness, _environment.Loggers);
        await server.StartAsync(cancel);
        Listening?.Invoke(server.Addresses);

        // :: Step 2: what is watched
        var informers = new InformerRegistry(connection);
        var pods = informers.Get(PodView.Resource, PodJson.Default.PodView).Store;
        var nodes = informers.Get(NodeView.Resource, PodJson.Default.NodeView).Store;
        var images = informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        var reports = informers.Get(WorkloadReport.Resource, ResourceJson.Default.WorkloadReport).Store;
        using var imageApplier = new Applier<ImageInventory>(
            new ResourceClient<ImageInventory>(connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), images, budget);
        using var reportApplier = new Applier<WorkloadReport>(
            new ResourceClient<WorkloadReport>(connection, WorkloadReport.Resource, ResourceJson.Default.WorkloadReport), reports, budget);

        var recall = new Recall(running, pods, images, queues);
        var discovery = new ApiDiscovery(connection);
        var exposure = new ExposureGraph();
        var declarations = new OwnerAnnotationIndex(informers, key => queues.Workloads.Add(key, Lane.Low), recall.Workloads);
        var kinds = new KindWatch(discovery, _environment);
        new ExposureWatch(informers, exposure, declarations, () => queues.Exposures.Add(ExposureReconciler.Everything, Lane.Low)).Follow(pods, nodes, kinds);
        var keys = new SealKeys();
        var keyKeeper = new SealKeyKeeper(connection, new ObjectKey(options.Namespace, options.ApprovalSecret), keys, _environment);
        await keyKeeper.LoadAsync(needed: options.AdmissionListen is not null || options.DeniedImages is not null, cancel);
        var seal = new ReportSeal(keys, _environment.Time);
        var own = new VerifiedInventories(seal, keys, _environment.Loggers).Of(images);
        var policies = new PolicySet { IsOurs = (name, status) => keys.Open(status.LastGoodSeal, DecisionReconciler.FormParts(name, status.LastGoodForm ?? "")) };
        var approvals = options.AdmissionListen is null ? null : new ApprovalSeal(keys);
        var exceptions = new ExceptionSet(_environment.Time) { IsVouchedFor = (key, spec, mark) => approvals?.Holds(key, spec, mark) == true };
        using var decisions = new DecisionWatch(informers, connection, budget, policies, exceptions, queues);
        var violations = new Violations(policies, exceptions, declarations);
        var newcomers = new UnknownImageQueue(options.UnknownImages, _environment.Time, _environment.Random);
        await using var admission = options.AdmissionListen is null
            ? null
            : new AdmissionHost(options, connection, policies, approvals!, violations, exposure, declarations, newcomers, metrics.Admission);
        admission?.Follow(pods, own);
        decisions.Follow(
            kinds,
            () =>
            {
                // What is known without reading the rules again is judged at once.
                admission?.PoliciesChanged();
                recall.Images();
            },
            @namespace =>
            {
                // Which findings of an image anybody speaks of may be others now.
                recall.Images();
                recall.Workloads(@namespace);
            });
        keys.Follow(() =>
        {
            decisions.KeysChanged();
            recall.Images();
            recall.Workloads(null);
        });
        await kinds.StartAsync(cancel);

        // :: Step 3: what is known
        var vex = new VexKeeper(vexPaths, recall.Images, _environment);
        vex.Look();
        var keeper = new DatabaseKeeper(options, database, metrics.Database, recall.Images, _environment);
        keeper.Look();

        // :: Step 4: the controllers
        var backlog = new PodBacklog();
        var attempts = new InventoryAttempts();
        var secrets = new PullSecrets(connection);
        var attached = new AttachedVexReader(attachedVex, store, registries, options.VexInterval, _environment);
        var reader = new ImageReader(new ImageIndexer(inventories, store, _environment.Time), store, registries, secrets, attached);
        var podReconciler = new PodReconciler(
            pods,
            new NodePlatforms(nodes),
            new OwnerWalk(connection, discovery),
            running,
            backlog,
            queues,
            options.ExcludedNamespaces.ToFrozenSet(StringComparer.Ordinal));
        var inventoryReconciler = new InventoryReconciler(running, own, keys, reader, facts, attempts, queues, metrics.Inventories, _environment);
        var findingsReconciler = new FindingsReconciler(
            running,
            backlog,
            new CurrentMatcher(database, matching, vex),
            facts,
            attempts,
            reader,
            new ImageWriter(imageApplier, images, own, seal, events, _environment.Time),
            new ImageReportComposer(options.ReportBytes),
            policies,
            exceptions,
            queues,
            images,
            own,
            keys,
            seal,
            _environment,
            options.Retention);
        var standings = new WorkloadContexts(exposure, declarations);
        var decisionReconciler = new DecisionReconciler(
            decisions, policies, exceptions, running, facts, recall.Workloads, keys, _environment.Time);
        var workloadReconciler = new WorkloadReconciler(
            running,
            facts,
            standings,
            violations,
            exceptions,
            backlog,
            database,
            reports,
            new WorkloadReportComposer(options.ReportBytes),
            new WorkloadWriter(reportApplier, seal, _environment.Time),
            metrics.Workloads,
            seal);
        using var podFeed = pods.Feed(queues.Pods);
        using var nodeFeed = nodes.Feed(queues.Pods, recall.PodsOn);
        using var reportFeed = reports.Feed(queues.Workloads, report => WorkloadKeys.Of(report) is { } key ? [key] : []);
        own.Follow((_, image) => recall.Ask(image, keys));
        using var driftFeed = images.Subscribe(change => recall.PutRight(change.New, seal));
        var host = new ControllerHost(informers, _environment, Lease(), events);
        host.Add(new Controller<ObjectKey>("pod", queues.Pods, podReconciler.ReconcileAsync, _environment, new ControllerOptions { Workers = 8 }));
        host.Add(new Controller<ImageKey>(
            "inventory",
            queues.Inventories,
            inventoryReconciler.ReconcileAsync,
            _environment,
            new ControllerOptions { Workers = options.ImageWorkers, Deadline = TimeSpan.FromMinutes(30) }));
        host.Add(new Controller<ImageKey>("findings", queues.Findings, findingsReconciler.ReconcileAsync, _environment));
        host.Add(new Controller<WorkloadKey>("workload", queues.Workloads, workloadReconciler.ReconcileAsync, _environment, new ControllerOptions { Workers = 4 }));
        host.Add(new Controller<DecisionKey>("decision", queues.Decisions, decisionReconciler.ReconcileAsync, _environment));
        host.AddEverywhere(new Controller<string>("exposure", queues.Exposures, new ExposureReconciler(exposure, running, queues).ReconcileAsync, _environment));
        host.AddEverywhere(keeper);
        host.AddEverywhere(vex);
        host.AddEverywhere(keyKeeper);
        host.AddEverywhere(kinds);
        if (admission is not null)
        {
            host.AddEverywhere(admission.Keeper);
            host.AddEverywhere(new UnknownImageController(
                newcomers,
                options.UnknownImages,
                registries,
                secrets,
                nodes,
                own,
                keys,
                seal,
                new ResourceClient<ImageInventory>(connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory),
                metrics.UnknownImages,
                _environment));
        }

        if (options.DeniedImages is { } denied)
        {
            var finder = new DenialFinder(
                own, informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store, running, policies, exceptions, options.Exempt);
            host.Add(new DenyListKeeper(finder, connection, budget, new ObjectKey(options.Namespace, denied), _environment));
        }

        var serving = admission?.ServeAsync(host, cancel) ?? Task.CompletedTask;
        var drained = DrainAsync(admission, readiness, cancel);

        // :: Step 5: what is left over
        var sweep = SweepAsync(host, serving, pods, reports, backlog, recall, readiness, cancel);
        try
        {
            await host.RunAsync(cancel);
        }
        finally
        {
            await sweep.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await drained;
    }

    /// <summary>Told to stop, this process is no longer ready at once, and goes on answering until nobody is sent here any more.</summary>
    private async Task DrainAsync(AdmissionHost? admission, Readiness readiness, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _environment.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        readiness.WaitFor("its end");
        if (admission is not null)
        {
            admission.Leave();
            await Task.Delay(options.AdmissionDrain, _environment.Time, CancellationToken.None);
        }
    }

    private LeaderLease Lease() => new(
        connection, new ObjectKey(options.Namespace, "ossruntime"), $"{Environment.MachineName}-{_environment.Random.Next(int.MaxValue):x8}");

    private static async Task SweepAsync(
        ControllerHost host,
        Task serving,
        Store<PodView> pods,
        Store<WorkloadReport> reports,
        PodBacklog backlog,
        Recall recall,
        Readiness readiness,
        CancellationToken cancel)
    {
        readiness.WaitFor("the first lists");
        await host.Synced.WaitAsync(cancel);
        backlog.Open(pods.Snapshot().Select(pod => pod.Key));
        readiness.WaitFor("the webhooks");
        await serving;
        readiness.Ready();
        await backlog.Done.WaitAsync(cancel);
        recall.LeftOver(reports.Snapshot());
    }
}
