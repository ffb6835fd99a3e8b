using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;

namespace OssRuntime.Operator.Resources;

/// <summary>An object that the operator writes and later goes by.</summary>
internal interface ISealedResource : IAppliedResource
{
    string Kind { get; }

    ObjectMeta Metadata { get; }

    /// <summary>
    /// The fields that the seal covers one by one, besides the generation, which stands for the rest of the content. Texts that later versions know more of would break the seals of today,
    /// so these are named one by one.
    /// </summary>
    IEnumerable<string> Decisive { get; }

    /// <summary>The content, without metadata and status, as bytes that can be compared.</summary>
    byte[] Content();

    /// <summary>True where writing this over another leaves nothing of the other: what is not said is not taken away where somebody else wrote it.</summary>
    bool Covers(ISealedResource stored);
}
