using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Policies;

/// <summary>Exceptions as the API server has them, by our own watch.</summary>
internal interface IStoredExceptions
{
    /// <summary>The exception, of a namespace or of the cluster; null where it is not known.</summary>
    (ObjectMeta Metadata, RiskExceptionSpec? Spec)? Find(ObjectKey key);
}
