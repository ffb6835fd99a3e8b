namespace OssRuntime.Exposure.Pods;

/// <summary>A port that a container declares.</summary>
/// <param name="Name">Its name, or null.</param>
/// <param name="Number">Its number in the pod.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="HostPort">The port of the node that leads to it; 0 for none.</param>
/// <param name="OnLoopback">True where that port is on the node's loopback address only.</param>
internal sealed record PodPort(string? Name, int Number, string Protocol, int HostPort, bool OnLoopback);
