using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.DenyLists;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Workloads;

namespace OssRuntime.Operator.Hosting;

/// <summary>The one list of what the operator consists of.</summary>
internal static class OperatorFeatures
{
    /// <summary>The features in the order in which they are installed.</summary>
    public static IReadOnlyList<IOperatorFeature> All { get; } =
    [
        new PodsFeature(),
        new ImagesFeature(),
        new WorkloadsFeature(),
        new DenyListsFeature(),
        new AdmissionFeature(),
    ];
}
