using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Policy.Rules;

/// <summary>What rules look at in an image.</summary>
/// <param name="Inventory">Its components.</param>
/// <param name="Findings">What is known against them, most pressing first.</param>
/// <param name="Lifecycles">The states of its release cycles, as of today.</param>
public sealed record PolicySubject(ComponentInventory Inventory, ImmutableArray<Finding> Findings, ImmutableArray<LifecycleStatus> Lifecycles)
{
    /// <summary>The day that ages are counted to; null where it is not known, and then conditions on ages do not hold.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The day on which the inventory was made; null where it is made now.</summary>
    public DateOnly? InventoriedOn { get; init; }

    /// <summary>How much of the image was checked; null where whoever asks cannot tell, which counts as nothing.</summary>
    public CheckCoverage? Checked { get; init; }

    /// <summary>When the newest record of the database was changed; null where that is not known, which counts as too old.</summary>
    public DateTimeOffset? NewestRecord { get; init; }

    /// <summary>The day on which a fix of a finding was first known to whoever asks, where that was noted.</summary>
    public Func<Finding, DateOnly?> FixSeenOn { get; init; } = _ => null;

    /// <summary>The day on which a version of a package was published, where somebody says so.</summary>
    public Func<Component, DateOnly?> PublishedOn { get; init; } = _ => null;
}
