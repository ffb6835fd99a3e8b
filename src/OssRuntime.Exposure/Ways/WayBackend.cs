using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Ways;

/// <summary>A backend that an object leads to.</summary>
/// <param name="Service">The Service, or a choice of pods (<see cref="PodChoice"/>).</param>
/// <param name="Port">The port of the Service, by number or name; null for any.</param>
internal readonly record struct WayBackend(ObjectKey Service, PortName? Port);
