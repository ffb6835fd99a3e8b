using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>An <c>events.k8s.io/v1</c> Event.</summary>
internal sealed record EventBody
{
    public string ApiVersion { get; } = "events.k8s.io/v1";

    public string Kind { get; } = "Event";

    public required ObjectMeta Metadata { get; init; }

    [JsonConverter(typeof(MicroTimeConverter))]
    public required DateTimeOffset EventTime { get; init; }

    public required string ReportingController { get; init; }

    public required string ReportingInstance { get; init; }

    public required string Action { get; init; }

    public required string Reason { get; init; }

    public required string Type { get; init; }

    public required string Note { get; init; }

    public required EventReference Regarding { get; init; }
}
