using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Kinds;

/// <summary>Is told of every change of the objects that exposure is computed from.</summary>
internal interface IExposureFollower
{
    /// <summary>An object came, changed, or went. It is told on the store's time: whoever needs the object asks the kind for it when its turn comes.</summary>
    /// <param name="kind">The name of its kind.</param>
    /// <param name="key">Its name.</param>
    /// <param name="initial">True for what was there at the start.</param>
    void Changed(string kind, ObjectKey key, bool initial);
}
