using System.Net.Http.Headers;
using k8s;
using k8s.Authentication;
using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// One API server: its address, how to authenticate there, and the HTTP client for it. Configuration files, certificates, tokens and exec
/// plugins are the KubernetesClient package's; everything above HTTP is ours.
/// </summary>
public sealed class KubernetesConnection : IDisposable
{
    // The transport's own watch on a dead peer, client-go's values (apimachinery util/net/http.go): ping after 30 s of silence, give up after 15 s more.
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);

    private readonly k8s.Kubernetes _client;

    private KubernetesConnection(KubernetesClientConfiguration configuration, string context, ControllerEnvironment? environment)
    {
        configuration.UserAgent = UserAgent;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            handler.KeepAlivePingDelay = PingAfter;
            handler.KeepAlivePingTimeout = PingTimeout;
            // The API server never redirects; who does must not be sent our requests.
            handler.AllowAutoRedirect = false;
        };
        _client = new k8s.Kubernetes(configuration);
        Environment = environment ?? new ControllerEnvironment();
        Namespace = string.IsNullOrEmpty(configuration.Namespace) ? "default" : configuration.Namespace;
        Context = context;
        // A path in the server's address (a proxy before several clusters) is kept only if it ends in a slash.
        var address = _client.BaseUri.AbsoluteUri;
        BaseUri = address.EndsWith('/') ? _client.BaseUri : new Uri(address + "/");
    }

    /// <summary>How requests name their sender: <c>ossruntime/</c> and the version.</summary>
    public static string UserAgent { get; } = $"ossruntime/{typeof(KubernetesConnection).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>True inside a pod with a service account.</summary>
    public static bool IsInCluster => KubernetesClientConfiguration.IsInCluster();

    /// <summary>The server's address; ends with a slash.</summary>
    public Uri BaseUri { get; }

    /// <summary>The namespace of the context or of the pod; <c>default</c> if none is said.</summary>
    public string Namespace { get; }

    /// <summary>Where the configuration came from, for messages.</summary>
    public string Context { get; }

    /// <summary>Clock, chance, log and metrics of all that use this connection.</summary>
    public ControllerEnvironment Environment { get; }

    /// <summary>Reads a kubeconfig file: the given one, else those of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The file or the context is missing or broken.</exception>
    public static KubernetesConnection FromKubeconfig(string? path = null, string? context = null, ControllerEnvironment? environment = null)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(path, context);
        return new KubernetesConnection(configuration, configuration.CurrentContext ?? "kubeconfig", environment);
    }

    /// <summary>Uses the service account of the pod this runs in. The token file is read again each minute.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">This is no pod, or it has no service account token.</exception>
    public static KubernetesConnection InCluster(ControllerEnvironment? environment = null) =>
        new(KubernetesClientConfiguration.InClusterConfig(), "in-cluster", environment);

    /// <summary>Talks to a server without credentials: a proxy on loopback, or a test's server.</summary>
    public static KubernetesConnection To(Uri server, ControllerEnvironment? environment = null) =>
        new(new KubernetesClientConfiguration { Host = server.AbsoluteUri }, server.Authority, environment);

    /// <summary>Sends a request for a path relative to <see cref="BaseUri"/>; returns when the headers of a 2xx answer are there.</summary>
    /// <exception cref="ApiException">The server answered with anything else.</exception>
    /// <exception cref="HttpRequestException">There was no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string accept = "application/json", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(BaseUri, path))
        {
            Content = content,
            Version = _client.HttpClient.DefaultRequestVersion,
            VersionPolicy = _client.HttpClient.DefaultVersionPolicy,
        };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (_client.Credentials is ServiceClientCredentials credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, cancellationToken).ConfigureAwait(false);
        }

        HttpResponseMessage response;
        try
        {
            response = await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            Environment.Metrics.Requested(method.Method, "<error>");
            throw;
        }

        Environment.Metrics.Requested(method.Method, ((int)response.StatusCode).ToString());
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refusal.ReadAsync(response, $"{method.Method} /{path}", Environment.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();
}
