using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Integrity;

/// <summary>What an approval is of: one state of one object, so that none can be put onto another of the same name, nor back onto the same later.</summary>
/// <param name="Name">The object's name.</param>
/// <param name="Uid">Which of all objects that ever had the name.</param>
/// <param name="Generation">Which of its specs.</param>
internal readonly record struct ApprovalSubject(ObjectKey Name, string Uid = "", long Generation = 0)
{
    /// <summary>An object as it is stored.</summary>
    public static ApprovalSubject Of(ObjectMeta metadata) => new(metadata.Key, metadata.Uid ?? "", metadata.Generation);
}
