using OssRuntime.Exposure.Lists;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>Objects that lead traffic and are not understood: of a namespace's pods, of every pod, or of one Service's where an object names it.</summary>
internal sealed class UnreadObjects
{
    private const string Everywhere = "";

    private readonly Multimap<string, Source> _byNamespace = new();
    private readonly Multimap<ObjectKey, (Source Object, string Text)> _byService = new();

    public bool IsEmpty => !_byNamespace.Keys.Any() && !_byService.Keys.Any();

    /// <summary>The objects that may lead to any pod of the namespace.</summary>
    public IEnumerable<Source> In(string? @namespace) => _byNamespace[@namespace ?? Everywhere].Concat(_byNamespace[Everywhere]);

    /// <summary>What is said of objects that name a Service.</summary>
    public IEnumerable<string> Naming(ObjectKey service) => _byService[service].Select(named => named.Text);

    /// <summary>Takes an object of a kind that is known and not understood.</summary>
    public void Set(UnreadKind kind, ObjectKey key, bool present)
    {
        var (space, source) = (kind.Anywhere ? Everywhere : key.Namespace ?? Everywhere, new Source(kind.Id, key));
        if (present)
        {
            _byNamespace.Add(space, source);
        }
        else
        {
            _byNamespace.Remove(space, source);
        }
    }

    /// <summary>Takes an object that names a Service.</summary>
    public void Add(ObjectKey service, Source source, string text) => _byService.Add(service, (source, text));
}
