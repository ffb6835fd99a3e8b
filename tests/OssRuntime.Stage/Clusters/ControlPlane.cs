using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Clusters;

/// <summary>
/// etcd, kube-apiserver and, if wanted, kube-controller-manager on the loopback address, with certificates, data and ports of their own,
/// so that several run side by side. Flags are those that every release from 1.20 on knows.
/// </summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";
    private const string ServiceRange = "10.96.0.0/16";
    private const string FirstServiceAddress = "10.96.0.1";
    // TEST-NET-1 (RFC 5737): the API server refuses to announce a loopback address, and without pods nobody connects to the announced one.
    private const string NoAddress = "192.0.2.1";
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
        var ports = FreePort.Find(4);
        Url = new Uri($"https://{Loopback}:{ports[2]}");
        WriteCertificates(options.AdvertisedAddress);
        WriteKubeconfig("admin.kubeconfig", "admin", "system:masters");
        if (options.Audited)
            await File.WriteAllTextAsync(Path.Combine(Folder, "audit.yaml"), AuditPolicy, cancellationToken);

        using var http = new HttpClient(Trusting(Authority));
        var etcdUrl = $"http://{Loopback}:{ports[0]}";
        var etcd = Start("etcd", programs.Etcd, EtcdArguments(etcdUrl, $"http://{Loopback}:{ports[1]}"), Folder);
        await etcd.WaitUntilAsync(token => AnswersAsync(http, $"{etcdUrl}/health", token), Patience, cancellationToken);

        var server = Start("kube-apiserver", programs.ApiServer, ApiServerArguments(etcdUrl, ports[2], options));
        await server.WaitUntilAsync(token => AnswersAsync(http, $"{Url}readyz", token), Patience, cancellationToken);

        if (options.WithControllers && programs.ControllerManager is { } manager)
        {
            var controllers = Start("kube-controller-manager", manager, await ControllerArgumentsAsync(manager, ports[3], cancellationToken));
            await controllers.WaitUntilAsync(token => AnswersAsync(http, $"https://{Loopback}:{ports[3]}/healthz", token), Patience, cancellationToken);
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
            Loopback, FirstServiceAddress, advertisedAddress ?? NoAddress];
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

    private string[] EtcdArguments(string url, string peerUrl) =>
    [
        "--name=stage", $"--data-dir={Folder}/etcd", "--log-level=warn", "--logger=zap",
        $"--listen-client-urls={url}", $"--advertise-client-urls={url}",
        $"--listen-peer-urls={peerUrl}", $"--initial-advertise-peer-urls={peerUrl}", $"--initial-cluster=stage={peerUrl}",
    ];

    private string[] ApiServerArguments(string etcdUrl, int port, ClusterOptions options) =>
    [
        $"--etcd-servers={etcdUrl}", $"--bind-address={Loopback}", $"--secure-port={port}",
        $"--advertise-address={options.AdvertisedAddress ?? NoAddress}", $"--service-cluster-ip-range={ServiceRange}",
        $"--cert-dir={Folder}", $"--tls-cert-file={Folder}/apiserver.crt", $"--tls-private-key-file={Folder}/apiserver.key",
        $"--client-ca-file={Folder}/ca.crt", "--authorization-mode=Node,RBAC", "--allow-privileged=true", "--profiling=false",
        "--enable-admission-plugins=NodeRestriction",
        // Without controllers no service account would ever appear, and the plugin would refuse every pod.
        .. options.WithControllers ? [] : (string[])["--disable-admission-plugins=ServiceAccount"],
        "--service-account-issuer=https://kubernetes.default.svc", $"--service-account-key-file={Folder}/service-accounts.pub",
        $"--service-account-signing-key-file={Folder}/service-accounts.key",
        $"--kubelet-certificate-authority={Folder}/ca.crt", $"--kubelet-client-certificate={Folder}/kubelet-client.crt",
        $"--kubelet-client-key={Folder}/kubelet-client.key",
        $"--requestheader-client-ca-file={Folder}/front-proxy-ca.crt", "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        $"--proxy-client-cert-file={Folder}/front-proxy-client.crt", $"--proxy-client-key-file={Folder}/front-proxy-client.key",
        "--enable-aggregator-routing=true",
        .. options.Audited ? (string[])[$"--audit-policy-file={Folder}/audit.yaml", $"--audit-log-path={AuditLog}", "--audit-log-mode=blocking"] : [],
    ];

    private async Task<string[]> ControllerArgumentsAsync(string program, int port, CancellationToken cancellationToken)
    {
        var kubeconfig = WriteKubeconfig("controllers.kubeconfig", "system:kube-controller-manager");
        var help = await Tool.RunAsync(program, ["--help"], cancellationToken: cancellationToken);
        return
        [
            $"--kubeconfig={kubeconfig}", $"--authentication-kubeconfig={kubeconfig}", $"--authorization-kubeconfig={kubeconfig}",
            $"--bind-address={Loopback}", $"--secure-port={port}", $"--tls-cert-file={Folder}/loopback.crt", $"--tls-private-key-file={Folder}/loopback.key",
            // The second, unauthenticated port that releases before 1.24 open unless told not to, and that later ones do not know.
            .. help.Contains("--port int", StringComparison.Ordinal) ? (string[])["--port=0"] : [],
            "--leader-elect=false", "--use-service-account-credentials=true", "--profiling=false",
            $"--root-ca-file={Folder}/ca.crt", $"--service-account-private-key-file={Folder}/service-accounts.key",
            $"--cluster-signing-cert-file={Folder}/ca.crt", $"--cluster-signing-key-file={Folder}/ca.key",
            "--kube-api-qps=200", "--kube-api-burst=400",
            // The nodes of the pod stage have no kubelet that renews their leases.
            "--controllers=*,-nodelifecycle",
        ];
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
