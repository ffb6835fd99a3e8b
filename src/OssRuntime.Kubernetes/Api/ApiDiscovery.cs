using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// Which kinds the server has. Answers are kept for ten minutes, a missing kind for half a minute: kinds come and go with custom resource
/// definitions and upgrades.
/// </summary>
public sealed class ApiDiscovery(KubernetesConnection connection)
{
    private static readonly TimeSpan Keep = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeepMissing = TimeSpan.FromSeconds(30);

    // An owner reference is another's text: a flood of invented groups must not become a flood of entries.
    private const int MaximumEntries = 1000;

    private readonly TimeProvider _time = connection.Environment.Time;
    private readonly ConcurrentDictionary<string, (ResourceListing Listing, long Until)> _listings = new(StringComparer.Ordinal);

    /// <summary>
    /// Finds a kind by the <c>apiVersion</c> and <c>kind</c> that objects carry; null if the server does not have it, and, without asking it, for an
    /// <c>apiVersion</c> that no kind can have.
    /// </summary>
    public async Task<ResourceKind?> FindAsync(string apiVersion, string kind, CancellationToken cancellationToken)
    {
        var parts = apiVersion.Split('/');
        if (parts.Length > 2 || !Array.TrueForAll(parts, ApiPath.IsSegment))
        {
            return null;
        }

        var (group, version) = parts.Length == 2 ? (parts[0], parts[1]) : ("", parts[0]);
        var listing = await ListAsync(group, version, kind, cancellationToken).ConfigureAwait(false);
        var entry = Entry(listing, kind);
        return entry is null ? null : new ResourceKind(group, version, entry.Name, entry.Kind, entry.Namespaced);
    }

    /// <summary>The API groups that the server has now, without the core one, which it always has: one request that rules out the kinds of all others.</summary>
    public async Task<IReadOnlySet<string>> GroupsAsync(CancellationToken cancellationToken) =>
        (await GetAsync("apis", ApiJsonContext.Default.GroupsListing, cancellationToken).ConfigureAwait(false)).Groups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Finds a kind in whichever version of its group the server prefers; null if no version has it.</summary>
    public async Task<ResourceKind?> FindPreferredAsync(string group, string kind, CancellationToken cancellationToken)
    {
        if (group.Length == 0)
        {
            return await FindAsync("v1", kind, cancellationToken).ConfigureAwait(false);
        }

        if (!ApiPath.IsSegment(group))
        {
            return null;
        }

        GroupListing versions;
        try
        {
            versions = await GetAsync($"apis/{ApiPath.Segment(group)}", ApiJsonContext.Default.GroupListing, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null;
        }

        foreach (var version in versions.Versions)
        {
            if (await FindAsync($"{group}/{version.Version}", kind, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<ResourceListing> ListAsync(string group, string version, string kind, CancellationToken cancellationToken)
    {
        var path = group.Length == 0 ? $"api/{ApiPath.Segment(version)}" : $"apis/{ApiPath.Segment(group)}/{ApiPath.Segment(version)}";
        if (_listings.TryGetValue(path, out var kept))
        {
            // A listing in which the kind is missing is believed for a shorter time than one that has it.
            var until = Entry(kept.Listing, kind) is null ? kept.Until - Ticks(Keep - KeepMissing) : kept.Until;
            if (_time.GetTimestamp() < until)
            {
                return kept.Listing;
            }
        }

        ResourceListing listing;
        try
        {
            listing = await GetAsync(path, ApiJsonContext.Default.ResourceListing, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            listing = new ResourceListing();
        }

        if (_listings.Count >= MaximumEntries)
        {
            _listings.Clear();
        }

        _listings[path] = (listing, _time.GetTimestamp() + Ticks(Keep));
        return listing;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    // Subresources (pods/status) carry the kind too, and a slash in the name.
    private static ResourceEntry? Entry(ResourceListing listing, string kind) =>
        listing.Resources.FirstOrDefault(entry => entry.Kind == kind && !entry.Name.Contains('/', StringComparison.Ordinal));

    private async Task<TAnswer> GetAsync<TAnswer>(string path, JsonTypeInfo<TAnswer> typeInfo, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(30), _time, cancellationToken);
        return await deadline.RunAsync(async token =>
        {
            using var response = await connection.SendAsync(HttpMethod.Get, path, cancellationToken: token).ConfigureAwait(false);
            return await ObjectReader.ReadAsync(response, typeInfo, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
