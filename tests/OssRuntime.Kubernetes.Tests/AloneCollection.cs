namespace OssRuntime.Kubernetes.Tests;

/// <summary>Tests that measure the process and so run by themselves.</summary>
[CollectionDefinition("alone, for it measures the process", DisableParallelization = true)]
public sealed class AloneCollection;
