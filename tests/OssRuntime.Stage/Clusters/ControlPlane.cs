using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Clusters;

/// <summary>
/// etcd, kube-apiserver and, if wanted, kube-controller-manager and kube-scheduler on the loopback address, with certificates, data and ports
/// of their own, so that several run side by side.
/// </summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";
    private const int Attempts = 3;
    private const string AuditPolicy =
        """{"apiVersion":"audit.k8s.io/v1","kind":"Policy","omitStages":["RequestReceived","ResponseStarted"],"rules":[{"level":"Metadata"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Stack<SupervisedProcess> _servers = new();

    private ControlPlane(string folder) => Folder = folder;

    /// <summary>Certificates, data and logs; removed at the end.</summary>
    public string Folder { get; }

    /// <summary>Signs what the API server trusts.</summary>
    public CertificateAuthority Authority { get; } = new("kubernetes-ca");

    /// <summary>Where the API server answers.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Who may do everything.</summary>
    public string AdminKubeconfig => Path.Combine(Folder, "admin.kubeconfig");

    /// <summary>One JSON document a line for each request, where <see cref="ClusterOptions.Audited"/> asked for it.</summary>
    public string AuditLog => Path.Combine(Folder, "audit.log");

    /// <summary>Starts the servers and returns when the API server says that it is ready.</summary>
    public static async Task<ControlPlane> StartAsync(ControlPlanePrograms programs, ClusterOptions options, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var plane = new ControlPlane(StageFolders.CreateTemporary("cluster"));
            try
            {
                await plane.StartServersAsync(programs, options, cancellationToken);
                return plane;
            }
            catch (StageException taken) when (attempt < Attempts && taken.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                // Between the search for a free port and its use another process took it.
                await plane.DisposeAsync();
            }
            catch
            {
                await plane.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Stops the servers, the last one first, and removes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_servers.TryPop(out var server))
            await server.DisposeAsync();
        Authority.Dispose();
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes the kubeconfig of a user and its groups.</summary>
    public string WriteKubeconfig(string file, string user, params IEnumerable<string> groups)
    {
        var path = Path.Combine(Folder, file);
        Kubeconfig.Write(path, Kubeconfig.Text(Url, Authority.Pem, Authority.IssueClient(user, groups)));
        return path;
    }

    private async Task StartServersAsync(ControlPlanePrograms programs, ClusterOptions options, CancellationToken cancellationToken)
    {
        var ports = FreePort.Find(5);
        Url = new Uri($"https://{Loopback}:{ports[2]}");
        WriteCertificates(options.AdvertisedAddress);
        WriteKubeconfig("admin.kubeconfig", "admin", "system:masters");
        if (options.Audited)
            await File.WriteAllTextAsync(Path.Combine(Folder, "audit.yaml"), AuditPolicy, cancellationToken);

        var arguments = new ControlPlaneArguments(Folder, options);
        using var http = new HttpClient(Trusting(Authority));
        var etcdUrl = $"http://{Loopback}:{ports[0]}";
        var etcd = Start("etcd", programs.Etcd, arguments.Etcd(etcdUrl, $"http://{Loopback}:{ports[1]}"), Folder);
        await etcd.WaitUntilAsync(token => AnswersAsync(http, $"{etcdUrl}/health", token), Patience, cancellationToken);

        var server = Start("kube-apiserver", programs.ApiServer, arguments.ApiServer(etcdUrl, ports[2], AuditLog));
        await server.WaitUntilAsync(token => AnswersAsync(http, $"{Url}readyz", token), Patience, cancellationToken);

        if (options.WithControllers && programs.ControllerManager is { } manager)
            await RunAsync("kube-controller-manager", manager, ports[3], arguments.Controllers);
        if (options.WithNode && programs.Scheduler is { } scheduler)
            await RunAsync("kube-scheduler", scheduler, ports[4], arguments.Scheduler);

        async Task RunAsync(string name, string program, int port, Func<string, int, string, string[]> argumentsOf)
        {
            var kubeconfig = WriteKubeconfig($"{name}.kubeconfig", $"system:{name}");
            var help = await Tool.RunAsync(program, ["--help"], cancellationToken: cancellationToken);
            var process = Start(name, program, argumentsOf(kubeconfig, port, help));
            await process.WaitUntilAsync(token => AnswersAsync(http, $"https://{Loopback}:{port}/healthz", token), Patience, cancellationToken);
        }
    }

    private SupervisedProcess Start(string name, string program, IEnumerable<string> arguments, string? folder = null)
    {
        var server = SupervisedProcess.Start(name, program, arguments, Path.Combine(Folder, name + ".log"), folder);
        _servers.Push(server);
        return server;
    }

    private void WriteCertificates(string? advertisedAddress)
    {
        string[] names = ["localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
            Loopback, ControlPlaneArguments.FirstServiceAddress, advertisedAddress ?? ControlPlaneArguments.NoAddress];
        Authority.IssueServer("kube-apiserver", names).WriteTo(Folder, "apiserver");
        // kubelets, and controllers' own health pages
        Authority.IssueServer("loopback", "localhost", Loopback).WriteTo(Folder, "loopback");
        Authority.IssueClient("kube-apiserver-kubelet-client", "system:masters").WriteTo(Folder, "kubelet-client");
        new PemCertificate(Authority.Pem, Authority.PrivateKeyPem).WriteTo(Folder, "ca");

        using var frontProxy = new CertificateAuthority("front-proxy-ca");
        File.WriteAllText(Path.Combine(Folder, "front-proxy-ca.crt"), frontProxy.Pem);
        frontProxy.IssueClient("front-proxy-client").WriteTo(Folder, "front-proxy-client");

        using var serviceAccounts = RSA.Create(2048);
        File.WriteAllText(Path.Combine(Folder, "service-accounts.pub"), serviceAccounts.ExportSubjectPublicKeyInfoPem());
        // The key's own format: releases before 1.22 read no other.
        File.WriteAllText(Path.Combine(Folder, "service-accounts.key"), serviceAccounts.ExportRSAPrivateKeyPem());
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(url), cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    private static SocketsHttpHandler Trusting(CertificateAuthority authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority.Pem));
        return new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = policy } };
    }
}
