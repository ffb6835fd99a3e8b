namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>A reconciliation failed in a way that no retry mends: only a change of the object can. It is logged, and the key is left until then.</summary>
public sealed class TerminalException(string message, Exception? inner = null) : Exception(message, inner);
