namespace OssRuntime.Kubernetes.LeaderElection;

/// <summary>The lease could not be renewed in time, or another process holds it.</summary>
public sealed class LeadershipLostException(string? holder)
    : Exception(holder is null ? "the leadership was lost: the lease could not be renewed" : $"the leadership was lost: the lease's holder is {holder}");
