using OssRuntime.Advisories.Distribution;
using OssRuntime.Cli.Registries;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Distribution;

/// <summary>The connections to registries of one command, with the user's credentials.</summary>
internal sealed class RegistryAccess : IDisposable
{
    private readonly RegistryClient _client;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly IRegistryCredentials _credentials;
    private readonly RegistryPush _push;

    /// <summary>Access for a user; the hosts named are spoken to without TLS, as loopback addresses always are.</summary>
    public RegistryAccess(IEnumerable<string> insecure, TimeProvider time, IRegistryCredentials? credentials = null)
    {
        var options = new RegistryOptions { PlainHttp = [.. insecure] };
        _client = new RegistryClient(options, time, null);
        _credentials = credentials ?? UserCredentials.Read();
        _push = new RegistryPush(_http, _credentials, new PlainHosts(options.PlainHttp));
    }

    /// <summary>The repository of an image.</summary>
    public IArtifactRepository Open(ImageReference image) => new RegistryRepository(image, _client, _push, _credentials);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }
}
