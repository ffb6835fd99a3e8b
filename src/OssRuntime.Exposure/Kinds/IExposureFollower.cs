using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Kinds;

/// <summary>Is told of every change of the objects that exposure is computed from.</summary>
internal interface IExposureFollower
{
    /// <summary>An object came, changed, or went (null).</summary>
    /// <param name="kind">The name of its kind.</param>
    /// <param name="key">Its name.</param>
    /// <param name="item">Its state now.</param>
    void Changed(string kind, ObjectKey key, IResource? item);
}
