namespace OssRuntime.Stage.Clusters;

/// <summary>What the servers of a control plane are started with. Flags are those that every release from 1.20 on knows.</summary>
/// <param name="Folder">With the certificates.</param>
/// <param name="Options">What the cluster has.</param>
internal sealed record ControlPlaneArguments(string Folder, ClusterOptions Options)
{
    /// <summary>The addresses of Services.</summary>
    public const string ServiceRange = "10.96.0.0/16";

    /// <summary>The API server's own Service has the first one.</summary>
    public const string FirstServiceAddress = "10.96.0.1";

    /// <summary>
    /// TEST-NET-1 (RFC 5737): the API server refuses to announce a loopback address, and without pods nobody connects to the announced one.
    /// </summary>
    public const string NoAddress = "192.0.2.1";

    private const string Loopback = "127.0.0.1";

    public string[] Etcd(string url, string peerUrl) =>
    [
        "--name=stage", $"--data-dir={Folder}/etcd", "--log-level=warn", "--logger=zap",
        $"--listen-client-urls={url}", $"--advertise-client-urls={url}",
        $"--listen-peer-urls={peerUrl}", $"--initial-advertise-peer-urls={peerUrl}", $"--initial-cluster=stage={peerUrl}",
    ];

    public string[] ApiServer(string etcdUrl, int port, string auditLog) =>
    [
        $"--etcd-servers={etcdUrl}", $"--bind-address={Loopback}", $"--secure-port={port}",
        $"--advertise-address={Options.AdvertisedAddress ?? NoAddress}", $"--service-cluster-ip-range={ServiceRange}",
        $"--cert-dir={Folder}", $"--tls-cert-file={Folder}/apiserver.crt", $"--tls-private-key-file={Folder}/apiserver.key",
        $"--client-ca-file={Folder}/ca.crt", "--authorization-mode=Node,RBAC", "--allow-privileged=true", "--profiling=false",
        "--enable-admission-plugins=NodeRestriction",
        // Without controllers no service account would ever appear, and the plugin would refuse every pod.
        .. Options.WithControllers ? [] : (string[])["--disable-admission-plugins=ServiceAccount"],
        "--service-account-issuer=https://kubernetes.default.svc", $"--service-account-key-file={Folder}/service-accounts.pub",
        $"--service-account-signing-key-file={Folder}/service-accounts.key",
        $"--kubelet-certificate-authority={Folder}/ca.crt", $"--kubelet-client-certificate={Folder}/kubelet-client.crt",
        $"--kubelet-client-key={Folder}/kubelet-client.key",
        $"--requestheader-client-ca-file={Folder}/front-proxy-ca.crt", "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        $"--proxy-client-cert-file={Folder}/front-proxy-client.crt", $"--proxy-client-key-file={Folder}/front-proxy-client.key",
        // By a Service's endpoints, which must not be loopback addresses; else by its address or external name.
        $"--enable-aggregator-routing={(Options.WebhooksOnThisMachine ? "false" : "true")}",
        .. Options.Audited ? (string[])[$"--audit-policy-file={Folder}/audit.yaml", $"--audit-log-path={auditLog}", "--audit-log-mode=blocking"] : [],
    ];

    /// <summary>Of kube-controller-manager.</summary>
    /// <param name="kubeconfig">Who it is.</param>
    /// <param name="port">For its health page.</param>
    /// <param name="help">What the program says of its flags.</param>
    public string[] Controllers(string kubeconfig, int port, string help) =>
    [
        .. Client(kubeconfig, port, help), "--use-service-account-credentials=true",
        $"--root-ca-file={Folder}/ca.crt", $"--service-account-private-key-file={Folder}/service-accounts.key",
        $"--cluster-signing-cert-file={Folder}/ca.crt", $"--cluster-signing-key-file={Folder}/ca.key",
        "--kube-api-qps=200", "--kube-api-burst=400",
        // The nodes of the pod stage have no kubelet that renews their leases.
        .. Options.WithNode ? [] : (string[])["--controllers=*,-nodelifecycle"],
    ];

    /// <summary>Of kube-scheduler, as <see cref="Controllers"/>.</summary>
    public string[] Scheduler(string kubeconfig, int port, string help) => Client(kubeconfig, port, help);

    private string[] Client(string kubeconfig, int port, string help) =>
    [
        $"--kubeconfig={kubeconfig}", $"--authentication-kubeconfig={kubeconfig}", $"--authorization-kubeconfig={kubeconfig}",
        $"--bind-address={Loopback}", $"--secure-port={port}", $"--tls-cert-file={Folder}/loopback.crt", $"--tls-private-key-file={Folder}/loopback.key",
        // The second, unauthenticated port that releases before 1.24 open unless told not to, and that later ones do not know.
        .. help.Contains("--port int", StringComparison.Ordinal) ? (string[])["--port=0"] : [],
        "--leader-elect=false", "--profiling=false",
    ];
}
