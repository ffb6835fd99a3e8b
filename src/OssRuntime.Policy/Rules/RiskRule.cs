using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Rules;

/// <summary>A rule that was read. A condition that is null or empty asks for nothing.</summary>
public sealed record RiskRule
{
    /// <summary>Its name in the policy.</summary>
    public required string Name { get; init; }

    /// <summary>What its conditions are about.</summary>
    public required RuleSubject Subject { get; init; }

    /// <summary>What a violation does at admission.</summary>
    public PolicyAction Action { get; init; }

    /// <summary>How grave a violation is in reports.</summary>
    public Severity ReportSeverity { get; init; } = Model.Findings.Severity.Low;

    /// <summary>What users are told besides.</summary>
    public string? Message { get; init; }

    /// <summary>At least this priority; it depends on the workload.</summary>
    public Priority? Priority { get; init; }

    /// <summary>At least this exposure; it depends on the workload.</summary>
    public ExposureLevel? Exposure { get; init; }

    /// <summary>At least this severity.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Known exploited or not.</summary>
    public bool? KnownExploited { get; init; }

    /// <summary>At least this EPSS probability, in percent.</summary>
    public int? EpssPercent { get; init; }

    /// <summary>Malicious or not.</summary>
    public bool? Malicious { get; init; }

    /// <summary>With a fix or without.</summary>
    public bool? Fixable { get; init; }

    /// <summary>The fix has been known for at least so many days.</summary>
    public int? FixableForDays { get; init; }

    /// <summary>Ids or aliases.</summary>
    public ImmutableArray<string> Advisories { get; init; } = [];

    /// <summary>Days until the end of a release cycle, at most; 0 for one that has ended.</summary>
    public int? EndOfLifeWithinDays { get; init; }

    /// <summary>States of release cycles.</summary>
    public ImmutableArray<LifecycleState> LifecycleStates { get; init; } = [];

    /// <summary>Packages that must not be there.</summary>
    public ImmutableArray<PackagePattern> Denied { get; init; } = [];

    /// <summary>Packages that may be there.</summary>
    public ImmutableArray<PackagePattern> Vetted { get; init; } = [];

    /// <summary>The purl types that <see cref="Vetted"/> is about.</summary>
    public ImmutableArray<string> Ecosystems { get; init; } = [];

    /// <summary>Packages whose names belong to somebody.</summary>
    public ImmutableArray<PackagePattern> Reserved { get; init; } = [];

    /// <summary>Where those may come from.</summary>
    public ImmutableArray<string> Origins { get; init; } = [];

    /// <summary>Licences that must not be needed.</summary>
    public ImmutableArray<string> Licenses { get; init; } = [];

    /// <summary>Licences that are allowed.</summary>
    public ImmutableArray<string> AllowedLicenses { get; init; } = [];

    /// <summary>The least age of a version, in days.</summary>
    public int? MinimumAgeDays { get; init; }

    /// <summary>An inventory that is not verified.</summary>
    public bool UnverifiedInventory { get; init; }

    /// <summary>The age of an inventory from which on it breaks the rule, in days.</summary>
    public int? InventoryOlderThanDays { get; init; }

    /// <summary>What could not be checked.</summary>
    public UncheckedRule? Unchecked { get; init; }

    /// <summary>The age of the database's newest record above which it breaks the rule, in days.</summary>
    public int? DatabaseOlderThanDays { get; init; }

    /// <summary>True where the passing of days alone may make something break the rule, or end it.</summary>
    public bool DependsOnTheDay => (FixableForDays ?? MinimumAgeDays ?? InventoryOlderThanDays ?? DatabaseOlderThanDays ?? EndOfLifeWithinDays) is not null;
}
