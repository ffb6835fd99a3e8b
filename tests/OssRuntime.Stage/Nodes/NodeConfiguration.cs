using OssRuntime.Stage.Clusters;

namespace OssRuntime.Stage.Nodes;

/// <summary>The files that a node's programs read.</summary>
/// <param name="Folder">Where to.</param>
/// <param name="Plane">The control plane that the node belongs to.</param>
/// <param name="Programs">The node's.</param>
internal sealed record NodeConfiguration(string Folder, ControlPlane Plane, NodePrograms Programs)
{
    /// <summary>The node's name. A kubelet takes an address as name for its address, and the API server connects to it there.</summary>
    public const string Name = "127.0.0.1";

    private const string Loopback = "127.0.0.1";
    private const string Bridge = "pods0";
    private const string Prefix = "24";
    private const string Pods = "10.88.0.0/" + Prefix;
    private const string PauseImage = "stage.invalid/pause:3.2";

    /// <summary>Everything but what depends on the kubelet's port.</summary>
    public void Write()
    {
        var kubelet = Plane.WriteKubeconfig("kubelet.kubeconfig", $"system:node:{Name}", "system:nodes");
        var proxy = Plane.WriteKubeconfig("kube-proxy.kubeconfig", "system:kube-proxy");
        Write(
            "settings",
            $"""
            NODE={Name}
            PROGRAMS='{Programs.Kubernetes}'
            DEBIAN='{Programs.Debian}'
            BRIDGE={Bridge}
            GATEWAY={WholeNode.Gateway}
            PREFIX={Prefix}
            SERVICES={ControlPlaneArguments.ServiceRange}
            PAUSE={PauseImage}
            KUBELET_KUBECONFIG='{kubelet}'

            """);
        Write("containerd.toml", Containerd());
        Directory.CreateDirectory(Path.Combine(Folder, "cni"));
        Write("cni/10-bridge.conflist", Network());
        // Nobody answers there: a node has no way out of this machine, and its pods no names.
        Write("resolv.conf", $"nameserver {Loopback}\n");
        Write("kube-proxy.yaml", Proxy(proxy));
    }

    /// <summary>The kubelet's file.</summary>
    /// <param name="port">At which the API server reaches it.</param>
    public void WriteKubelet(int port) => Write("kubelet.yaml", Kubelet(port));

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    private string Containerd() =>
        $"""
        version = 2
        root = "{Folder}/containerd"
        state = "{Folder}/containerd-state"
        [grpc]
          address = "{Folder}/containerd.sock"
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "{PauseImage}"
          # Without CAP_SYS_RESOURCE nobody may lower what the kubelet asks to be lowered.
          restrict_oom_score_adj = true
          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "{Programs.Debian}/usr/lib/cni"
            conf_dir = "{Folder}/cni"
          [plugins."io.containerd.grpc.v1.cri".containerd]
            # Unpacked layers are all that a node needs; the disk holds them once.
            discard_unpacked_layers = true
          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
            runtime_type = "io.containerd.runc.v2"

        """;

    private static string Network() =>
        $$$"""
        {"cniVersion": "0.4.0", "name": "pods", "plugins": [
          {"type": "bridge", "bridge": "{{{Bridge}}}", "isGateway": true, "hairpinMode": true,
           "ipam": {"type": "host-local", "ranges": [[{"subnet": "{{{Pods}}}"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}

        """;

    private string Kubelet(int port) =>
        $$"""
        apiVersion: kubelet.config.k8s.io/v1beta1
        kind: KubeletConfiguration
        address: {{Loopback}}
        port: {{port}}
        readOnlyPort: 0
        healthzPort: 0
        authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: "{{Plane.Folder}}/ca.crt"} }
        authorization: {mode: Webhook}
        tlsCertFile: {{Plane.Folder}}/loopback.crt
        tlsPrivateKeyFile: {{Plane.Folder}}/loopback.key
        cgroupDriver: cgroupfs
        cgroupRoot: /ossruntime-node
        failSwapOn: false
        oomScoreAdj: 0
        resolvConf: {{Folder}}/resolv.conf
        volumePluginDir: {{Folder}}/volume-plugins
        clusterDNS: []
        # The machine's disk and memory are others' too: the node does not answer for them.
        evictionHard: {memory.available: 100Mi, nodefs.available: 1%}
        imageGCHighThresholdPercent: 100
        registryPullQPS: 0
        serializeImagePulls: false
        # How often it looks whether it is ready: half the time until the first pod.
        nodeStatusUpdateFrequency: 2s

        """;

    private string Proxy(string kubeconfig) =>
        $$"""
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        kind: KubeProxyConfiguration
        bindAddress: {{Loopback}}
        healthzBindAddress: {{Loopback}}:10256
        metricsBindAddress: {{Loopback}}:10249
        mode: iptables
        clusterCIDR: {{Pods}}
        # Limits of connections are settings of the whole machine.
        conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
        oomScoreAdj: 0
        clientConnection: {kubeconfig: "{{kubeconfig}}"}

        """;
}
