using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>One informer for all who ask for the same kind, scope and type; and the place that runs them all.</summary>
public sealed class InformerRegistry(KubernetesConnection connection)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ResourceKind Kind, ResourceScope Scope, Type Type, bool MetadataOnly), IInformer> _informers = [];
    private readonly List<Task> _runs = [];
    private CancellationToken? _running;

    /// <summary>All informers asked for so far.</summary>
    public IReadOnlyList<IInformer> Informers
    {
        get
        {
            lock (_lock)
            {
                return [.. _informers.Values];
            }
        }
    }

    /// <summary>
    /// The informer of the kind. One that is asked for while the registry runs starts at once. With <paramref name="metadataOnly"/> the server
    /// sends metadata only, and <typeparamref name="T"/> must need no more.
    /// </summary>
    public Informer<T> Get<T>(ResourceKind kind, JsonTypeInfo<T> typeInfo, ResourceScope? scope = null, bool metadataOnly = false)
        where T : class, IResource
    {
        lock (_lock)
        {
            var key = (kind, scope ?? ResourceScope.All, typeof(T), metadataOnly);
            if (_informers.TryGetValue(key, out var known))
            {
                return (Informer<T>)known;
            }

            var informer = new Informer<T>(new ResourceClient<T>(connection, kind, typeInfo) { MetadataOnly = metadataOnly }, scope);
            _informers.Add(key, informer);
            if (_running is { } token)
            {
                _runs.Add(informer.RunAsync(token));
            }

            return informer;
        }
    }

    /// <summary>Completes when every informer asked for so far holds its first complete list.</summary>
    public Task WhenSyncedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Informers.Select(informer => informer.Synced)).WaitAsync(cancellationToken);

    /// <summary>Runs all informers, also those asked for later, until cancelled.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running is not null)
            {
                throw new InvalidOperationException("the informers run already");
            }

            _running = cancellationToken;
            _runs.AddRange(_informers.Values.Select(informer => informer.RunAsync(cancellationToken)));
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, connection.Environment.Time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task[] runs;
        lock (_lock)
        {
            runs = [.. _runs];
        }

        await Task.WhenAll(runs).ConfigureAwait(false);
    }
}
