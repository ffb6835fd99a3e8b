using System.Net.Sockets;

namespace OssRuntime.Stage.Clusters;

/// <summary>Which ways of getting a cluster this machine offers.</summary>
public static class ClusterWays
{
    /// <summary>The first file of <c>KUBECONFIG</c> that exists, or null.</summary>
    public static string? ExistingKubeconfig =>
        (Environment.GetEnvironmentVariable("KUBECONFIG") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(File.Exists);

    /// <summary>The first way that is possible.</summary>
    public static async Task<ClusterOrigin> FirstAsync(CancellationToken cancellationToken = default) =>
        ExistingKubeconfig is not null ? ClusterOrigin.ExistingKubeconfig
        : await DockerAnswersAsync(cancellationToken) ? ClusterOrigin.K3s
        : Assets is not null ? ClusterOrigin.KubebuilderAssets
        : ClusterOrigin.BuiltHere;

    /// <summary>Whether a Docker engine answers at <c>DOCKER_HOST</c> or the usual socket.</summary>
    public static async Task<bool> DockerAnswersAsync(CancellationToken cancellationToken = default)
    {
        var host = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } given ? given : "unix:///var/run/docker.sock";
        if (!Uri.TryCreate(host, UriKind.Absolute, out var engine))
            return false;

        using var handler = new SocketsHttpHandler();
        if (engine.Scheme == "unix")
        {
            handler.ConnectCallback = async (_, token) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(engine.AbsolutePath), token);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }

        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(3) };
        try
        {
            var ping = engine.Scheme == "unix" ? new Uri("http://docker/_ping") : new UriBuilder("http", engine.Host, engine.Port, "_ping").Uri;
            using var answer = await http.GetAsync(ping, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    internal static ControlPlanePrograms? Assets => ControlPlanePrograms.In(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS"));

    internal static StageException NoAssets() => new("KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver.");
}
