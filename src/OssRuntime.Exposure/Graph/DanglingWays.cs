
namespace OssRuntime.Exposure.Graph;

/// <summary>What files show of ways to Services that they do not show: whichever pods those select.</summary>
internal sealed class DanglingWays(RouteTable routes, ServiceTable services)
{
    private Multimap<string, string>? _known;

    /// <summary>What is said of such ways into a namespace.</summary>
    public IEnumerable<string> To(string? @namespace) => (_known ??= Find())[@namespace ?? ""];

    /// <summary>Forgets what was found: objects are others now.</summary>
    public void Forget() => _known = null;

    private Multimap<string, string> Find()
    {
        var found = new Multimap<string, string>();
        foreach (var (source, backends) in routes.Edges)
        {
            foreach (var backend in backends.Where(backend => services.Find(backend) is null))
            {
                found.Add(backend.Namespace ?? "", $"{source.Title} leads to {Ways.PodChoice.NameOf(backend)}, which is not shown");
            }
        }

        return found;
    }
}
