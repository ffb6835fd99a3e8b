using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>An object that an <see cref="Applier{T}"/> writes: it shows what was written last, so that the same is not written again.</summary>
public interface IAppliedResource : IResource
{
    /// <summary>The value of the annotation <see cref="ApplierOptions.HashAnnotation"/>; null if there is none.</summary>
    string? ContentHash { get; }

    /// <summary>The value of the status field <see cref="ApplierOptions.StatusHashField"/>; null if there is none.</summary>
    string? StatusHash { get; }

    /// <summary>
    /// True if the content is known to have been changed by somebody else although the hash is still there, so that it is written again:
    /// usually that the generation is not the one that the status says it was written for. Who uses this writes the new generation into the
    /// status after each apply (<see cref="Applied{T}.Object"/> has it), or the object is written again for ever.
    /// </summary>
    bool Drifted => false;
}
