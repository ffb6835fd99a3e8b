using System.Text.Json;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Resources;

/// <summary>The custom resource <c>ImageInventory</c>: one for each digest and platform that runs (crds/ossruntime.io_imageinventories.yaml).</summary>
internal sealed record ImageInventory : ISealedResource
{
    public static readonly ResourceKind Resource = new(ResourceGroup.Name, ResourceGroup.Version, "imageinventories", nameof(ImageInventory), Namespaced: false);

    public string ApiVersion { get; init; } = Resource.ApiVersion;

    public string Kind { get; init; } = Resource.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public required ImageInventorySpec Spec { get; init; }

    public ImageInventoryReport? Report { get; init; }

    public ImageStatus? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    /// <summary>The image that it is about; null where its spec is not one that we wrote.</summary>
    [JsonIgnore]
    public ImageKey? ImageKey =>
        Digest.TryParse(Spec.Digest, out var digest) && Platform.TryParse(Spec.Platform, out var platform) ? new ImageKey(digest, platform) : null;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    [JsonIgnore]
    public string? ContentHash => Metadata.Annotation(WrittenAs.HashAnnotation);

    [JsonIgnore]
    public string? StatusHash => Status?.ContentHash;

    /// <inheritdoc/>
    [JsonIgnore]
    public IEnumerable<string> Decisive => Report is { } report
        ? [Spec.Digest, Spec.Platform, Spec.Image ?? "", "policies", .. report.Policies, "hits", .. report.Hits, "fixes", report.Fixes ?? ""]
        : [Spec.Digest, Spec.Platform, Spec.Image ?? ""];

    /// <summary>True where somebody else has changed it since: admission decides by what it says, so it is restored.</summary>
    [JsonIgnore]
    public bool Drifted => Status?.ObservedGeneration is { } written && written != Metadata.Generation;

    /// <inheritdoc/>
    public byte[] Content() => JsonSerializer.SerializeToUtf8Bytes(this with { Metadata = new(), Status = null }, ResourceJson.Default.ImageInventory);

    /// <inheritdoc/>
    public bool Covers(ISealedResource stored) => Report is not null || stored is not ImageInventory { Report: not null };
}
