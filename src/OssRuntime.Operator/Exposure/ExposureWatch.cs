using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Watching;
using OssRuntime.Kubernetes.Working;
using OssRuntime.Operator.Exposure.Graph;
using OssRuntime.Operator.Exposure.Views;
using OssRuntime.Operator.Pods;

namespace OssRuntime.Operator.Exposure;

/// <summary>
/// Keeps the graph equal to the cluster. The kinds that every server has in one version are followed from the start; the others once the server has
/// them, in whichever version it prefers, which is asked for from time to time. It works on every replica and writes nothing.
/// </summary>
internal sealed partial class ExposureWatch(
    InformerRegistry informers, ApiDiscovery discovery, ExposureGraph graph, Declarations declarations, Action changed, ControllerEnvironment environment)
    : IController
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = environment.Loggers.CreateLogger<ExposureWatch>();
    private readonly List<(string Group, string Kind)> _missing =
    [
        (GatewayView.Group, GatewayView.Kind),
        .. RouteView.Kinds.Select(kind => (GatewayView.Group, kind)),
        (GatewayView.Group, ReferenceGrantView.Kind),
        (OpenShiftRouteView.Group, OpenShiftRouteView.Kind),
        (EndpointSliceView.Group, EndpointSliceView.Kind),
        .. OwnerView.Kinds,
    ];

    public string Name => "exposure kinds";

    /// <summary>
    /// Follows what the server has now. To be called before the informers are waited for: otherwise each restart would show workloads as less exposed
    /// for a moment. It returns when the server has answered.
    /// </summary>
    public async Task StartAsync(Store<PodView> pods, Store<NodeView> nodes, CancellationToken cancel)
    {
        Follow(pods, graph.Set);
        Follow(nodes, (key, node) => graph.SetNode(key.Name, node?.IsPublic ?? false));
        Follow(Watch(NamespaceView.Resource, ViewJson.Default.NamespaceView), (key, space) => graph.SetNamespace(key.Name, space?.Labels));
        Follow(Watch(ServiceView.Resource, ViewJson.Default.ServiceView), graph.Set);
        Follow(Watch(IngressView.Resource, ViewJson.Default.IngressView), graph.Set);
        Follow(Watch(NetworkPolicyView.Resource, ViewJson.Default.NetworkPolicyView), graph.Set);
        declarations.FollowNamespaces();
        while (!await LookAsync(cancel))
        {
            await Task.Delay(AskAgain, environment.Time, cancel);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_missing.Count > 0)
        {
            await Task.Delay(LookEvery, environment.Time, cancellationToken);
            await LookAsync(cancellationToken);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, environment.Time, cancellationToken);
    }

    // Follows the kinds that have appeared; false where the server did not answer.
    private async Task<bool> LookAsync(CancellationToken cancel)
    {
        foreach (var (group, name) in _missing.ToArray())
        {
            try
            {
                if (await discovery.FindPreferredAsync(group, name, cancel) is { } kind)
                {
                    _missing.Remove((group, name));
                    Begin(kind);
                    Log.Found(_logger, kind);
                }
            }
            catch (Exception error) when (error is ApiException or HttpRequestException or IOException or TimeoutException or JsonException)
            {
                Log.NoAnswer(_logger, $"{name}.{group}", error.Message);
                return false;
            }
        }

        return true;
    }

    private void Begin(ResourceKind kind)
    {
        switch (kind)
        {
            case { Kind: GatewayView.Kind }:
                Follow(Watch(kind, ViewJson.Default.GatewayView), graph.Set);
                break;
            case { Kind: ReferenceGrantView.Kind }:
                Follow(Watch(kind, ViewJson.Default.ReferenceGrantView), graph.Set);
                break;
            case { Group: OpenShiftRouteView.Group }:
                Follow(Watch(kind, ViewJson.Default.OpenShiftRouteView), graph.Set);
                break;
            case { Kind: EndpointSliceView.Kind }:
                Follow(Watch(kind, ViewJson.Default.EndpointSliceView, EndpointSliceView.Scope), graph.Set);
                break;
            case { Group: not GatewayView.Group }:
                declarations.Follow(kind);
                break;
            default:
                Follow(Watch(kind, ViewJson.Default.RouteView), (key, route) => graph.Set(kind.Kind, key, route));
                break;
        }
    }

    private Store<T> Watch<T>(ResourceKind kind, JsonTypeInfo<T> type, ResourceScope? scope = null)
        where T : class, IResource =>
        informers.Get(kind, type, scope).Store;

    private void Follow<T>(Store<T> store, Action<ObjectKey, T?> set)
        where T : class, IResource =>
        store.Subscribe(change =>
        {
            set(change.Key, change.New);
            changed();
        });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind} is served and followed")]
        public static partial void Found(ILogger logger, ResourceKind kind);

        [LoggerMessage(2, LogLevel.Warning, "Whether the server has {Kind} is not known: {Reason}")]
        public static partial void NoAnswer(ILogger logger, string kind, string reason);
    }
}
