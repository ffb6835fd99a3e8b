using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Resources;

/// <summary>Reads back which workload a report is about.</summary>
internal static class WorkloadKeys
{
    /// <summary>The workload of a report, or null where the report does not say: then somebody else wrote it.</summary>
    public static WorkloadKey? Of(WorkloadReport report)
    {
        var workload = report.Spec.Workload;
        var owner = report.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Kind == workload.Kind && owner.Name == workload.Name);
        return owner is null ? null : new WorkloadKey(report.Metadata.Namespace ?? "", workload.ApiVersion, workload.Kind, workload.Name, owner.Uid);
    }
}
