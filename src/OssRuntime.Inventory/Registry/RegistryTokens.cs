using System.Collections.Concurrent;

namespace OssRuntime.Inventory.Registry;

/// <summary>Tokens that are still good, by registry, repository and credential. Only pull tokens are ever asked for.</summary>
internal sealed class RegistryTokens(TimeProvider time)
{
    private const int Most = 10_000;

    /// <summary>A token that ends while a request is on its way is no use.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Registry, string Repository, RegistryCredential? Credential), (string Header, DateTimeOffset Until)> _tokens = new();

    /// <summary>The header for a request, or null.</summary>
    public string? Find(RegistryEndpoint endpoint, RegistryCredential? credential) =>
        _tokens.TryGetValue((endpoint.Registry, endpoint.Repository, credential), out var token) && token.Until > time.GetUtcNow() ? token.Header : null;

    /// <summary>Keeps a header for a time.</summary>
    public void Keep(RegistryEndpoint endpoint, RegistryCredential? credential, string header, TimeSpan lifetime)
    {
        if (_tokens.Count >= Most)
        {
            _tokens.Clear();
        }

        if (lifetime > Margin)
        {
            _tokens[(endpoint.Registry, endpoint.Repository, credential)] = (header, time.GetUtcNow() + lifetime - Margin);
        }
    }

    /// <summary>Forgets a header that was refused.</summary>
    public void Forget(RegistryEndpoint endpoint, RegistryCredential? credential) =>
        _tokens.TryRemove((endpoint.Registry, endpoint.Repository, credential), out _);
}
