namespace OssRuntime.Kubernetes.Api;

/// <summary>A watch has been silent for so long that its connection must be dead.</summary>
public sealed class WatchIdleException(TimeSpan silence) : IOException($"no byte for {silence}: the connection is taken for dead");
