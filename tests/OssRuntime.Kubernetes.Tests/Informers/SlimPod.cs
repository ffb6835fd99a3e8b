using System.Globalization;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests.Informers;

/// <summary>A pod as small as the runtime allows: identity and version as numbers, what many pods share held once.</summary>
[JsonConverter(typeof(SlimPodConverter))]
public sealed class SlimPod(string? @namespace, string name, Guid uid, ulong version, string[] images) : IResource
{
    public string[] Images => images;

    public ObjectKey Key => new(@namespace, name);

    public string Uid => uid.ToString();

    public string ResourceVersion => version.ToString(CultureInfo.InvariantCulture);
}
