using System.Collections.Immutable;

namespace OssRuntime.Policy.Exceptions;

/// <summary>
/// The <c>spec</c> of a RiskException or ClusterRiskException as it is written. What is accepted is what every list that is not empty names; the
/// last three fields are set at admission, from the request.
/// </summary>
/// <remarks>A list that the JSON does not have comes as default from generated decoders.</remarks>
public sealed record RiskExceptionSpec
{
    /// <summary>Ids or aliases of findings; a star stands for any text.</summary>
    public ImmutableArray<string> Advisories { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Packages: <c>pkg:npm/lodash &lt;4.17.21</c>.</summary>
    public ImmutableArray<string> Packages { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Rules, each <c>policy/rule</c>.</summary>
    public ImmutableArray<string> Rules { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Images by name or digest.</summary>
    public ImmutableArray<string> Images { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Workloads, each <c>Kind/name</c>.</summary>
    public ImmutableArray<string> Workloads { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Namespaces; for ClusterRiskExceptions.</summary>
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The VEX status: not_affected, affected, fixed or under_investigation.</summary>
    public string? Status { get; init; }

    /// <summary>The VEX justification; required for not_affected.</summary>
    public string? Justification { get; init; }

    /// <summary>Why it is accepted.</summary>
    public string? Reason { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>True where it ends for a finding as soon as that has a fix.</summary>
    public bool? UntilFixed { get; init; }

    /// <summary>Set to true by who approves it.</summary>
    public bool? Approved { get; init; }

    /// <summary>Who created it.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; init; }
}
