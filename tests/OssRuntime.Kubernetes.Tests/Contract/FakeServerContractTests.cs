namespace OssRuntime.Kubernetes.Tests.Contract;

public sealed class FakeServerContractTests(FakeServer server) : ServerContract(server), IClassFixture<FakeServer>;
