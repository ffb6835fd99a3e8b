namespace OssRuntime.Kubernetes.Tests.Contract;

/// <summary>The same against a real kube-apiserver and etcd: what the fake shows of Kubernetes is true.</summary>
[Trait("needs", "cluster")]
public sealed class RealServerContractTests(RealServer server) : ServerContract(server), IClassFixture<RealServer>;
