using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Resources;

/// <summary>The custom resource <c>WorkloadReport</c>: one for each workload that runs pods (crds/ossruntime.io_workloadreports.yaml).</summary>
internal sealed record WorkloadReport : ISealedResource
{
    public static readonly ResourceKind Resource = new(ResourceGroup.Name, ResourceGroup.Version, "workloadreports", nameof(WorkloadReport), Namespaced: true);

    public string ApiVersion { get; init; } = Resource.ApiVersion;

    public string Kind { get; init; } = Resource.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public required WorkloadReportSpec Spec { get; init; }

    public WorkloadReportBody? Report { get; init; }

    public WorkloadStatus? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    /// <summary>The workload that it is about; null where the report does not say: then somebody else wrote it.</summary>
    [JsonIgnore]
    public WorkloadKey? WorkloadKey =>
        Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Kind == Spec.Workload.Kind && owner.Name == Spec.Workload.Name) is { } owner
            ? new WorkloadKey(Metadata.Namespace ?? "", Keys.WorkloadKey.GroupOf(Spec.Workload.ApiVersion), Spec.Workload.Kind, Spec.Workload.Name, owner.Uid)
            : null;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    [JsonIgnore]
    public string? ContentHash => Metadata.Annotation(WrittenAs.HashAnnotation);

    [JsonIgnore]
    public string? StatusHash => Status?.ContentHash;

    // Which workload it is about is in its owner, which is no content and counts no generation up.
    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<string> Decisive => [Report?.Exposure ?? "", Report?.ExposureAtMost ?? "", .. (Metadata.OwnerReferences ?? []).Select(owner => owner.Uid)];

    /// <summary>True where somebody else has changed it since.</summary>
    [JsonIgnore]
    public bool Drifted => Status?.ObservedGeneration is { } written && written != Metadata.Generation;

    /// <inheritdoc/>
    public byte[] Content() => JsonSerializer.SerializeToUtf8Bytes(this with { Metadata = new(), Status = null }, ResourceJson.Default.WorkloadReport);

    /// <inheritdoc/>
    public bool Covers(ISealedResource stored) => true;
}
