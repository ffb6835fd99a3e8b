using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>
/// A rule as it is written. All conditions that are there must hold together; they are of one kind: on findings, on release cycles, on packages, or
/// on the inventory.
/// </summary>
/// <remarks>A list that the JSON does not have comes as default from generated decoders.</remarks>
public sealed record RiskRuleSpec
{
    /// <summary>Its name in the policy.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its own action.</summary>
    public string? Action { get; init; }

    /// <summary>How grave a violation is in reports: Low, Medium, High or Critical. Without it the action decides: High for Deny, Medium for Warn, Low for Audit.</summary>
    public string? ReportSeverity { get; init; }

    /// <summary>What users are told besides.</summary>
    public string? Message { get; init; }

    /// <summary>Findings of this priority or more urgent.</summary>
    public string? Priority { get; init; }

    /// <summary>Findings of this severity or graver.</summary>
    public string? Severity { get; init; }

    /// <summary>Findings that are known to be exploited.</summary>
    public bool? KnownExploited { get; init; }

    /// <summary>Findings whose EPSS probability is this many percent or more.</summary>
    public int? EpssPercent { get; init; }

    /// <summary>Malicious packages.</summary>
    public bool? Malicious { get; init; }

    /// <summary>Findings that have a fix (true), or none (false).</summary>
    public bool? Fixable { get; init; }

    /// <summary>Findings whose fix has been known for so many days, or longer.</summary>
    public int? FixableForDays { get; init; }

    /// <summary>Findings on workloads that can be reached from this level or farther.</summary>
    public string? Exposure { get; init; }

    /// <summary>Findings by id or alias.</summary>
    public ImmutableArray<string> Advisories { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Release cycles that have ended.</summary>
    public bool? EndOfLife { get; init; }

    /// <summary>Release cycles that end within so many days, or have ended.</summary>
    public int? EndOfLifeWithinDays { get; init; }

    /// <summary>Release cycles in one of these states: Supported, SecurityOnly, EndOfLife, Unknown.</summary>
    public ImmutableArray<string> LifecycleStates { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Packages that must not be there: <c>pkg:npm/event-stream</c>, <c>pkg:npm/lodash &lt;4.17.21</c>.</summary>
    public ImmutableArray<string> DeniedPackages { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The packages that may be there; whatever else of <see cref="Ecosystems"/> is unvetted.</summary>
    public ImmutableArray<string> VettedPackages { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The purl types that <see cref="VettedPackages"/> speaks of; all where empty.</summary>
    public ImmutableArray<string> Ecosystems { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Packages whose names belong to somebody: they violate the rule where they do not come from <see cref="Origins"/>.</summary>
    public ImmutableArray<string> ReservedPackages { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where reserved packages may come from, as their own metadata says.</summary>
    public ImmutableArray<string> Origins { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Packages that cannot be used without one of these licences.</summary>
    public ImmutableArray<string> Licenses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The licences that packages may be under; those that declare others only break the rule.</summary>
    public ImmutableArray<string> AllowedLicenses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Packages of versions that were published less than so many days ago.</summary>
    public int? MinimumAgeDays { get; init; }

    /// <summary>Images whose inventory is not verified.</summary>
    public bool? UnverifiedInventory { get; init; }

    /// <summary>Images whose inventory was made so many days ago, or earlier.</summary>
    public int? InventoryOlderThanDays { get; init; }

    /// <summary>Images of which something could not be checked.</summary>
    public UncheckedRuleSpec? Unchecked { get; init; }

    /// <summary>Images that were checked against a database whose newest record is older than this: <c>7d</c>.</summary>
    public string? DatabaseOlderThan { get; init; }
}
