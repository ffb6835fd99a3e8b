using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>A store that is kept equal to the server: by a list, then by a watch, then by whatever is needed (see <see cref="Reflector{T}"/>).</summary>
public sealed class Informer<T> : IInformer
    where T : class, IResource
{
    private readonly Reflector<T> _reflector;

    /// <summary>Creates an informer; nothing is asked of the server before <see cref="RunAsync"/>.</summary>
    public Informer(ResourceClient<T> client, ResourceScope? scope = null)
    {
        var logger = client.Connection.Environment.Loggers.CreateLogger($"{typeof(Informer<T>).Namespace}.{client.Kind}");
        Kind = client.Kind;
        Store = new Store<T>(logger);
        _reflector = new Reflector<T>(client, scope ?? ResourceScope.All, Store, logger);
    }

    /// <inheritdoc/>
    public ResourceKind Kind { get; }

    /// <summary>The objects.</summary>
    public Store<T> Store { get; }

    /// <inheritdoc/>
    public Task Synced => _reflector.Synced;

    /// <inheritdoc/>
    public TimeSpan? Behind => _reflector.Behind;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken cancellationToken) => _reflector.RunAsync(cancellationToken);
}
