namespace OssRuntime.Operator.Admission;

/// <summary>A workload that runs a digest.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Workload"><c>Kind/name</c>.</param>
/// <param name="Digest">The digest.</param>
internal readonly record struct RunningPlace(string Namespace, string Workload, string Digest);
