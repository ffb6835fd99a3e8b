using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Cli.Policies;

/// <summary>What policies look at in an image.</summary>
/// <param name="Name">The image's name.</param>
/// <param name="Inventory">What is in it, or null where it could not be read.</param>
/// <param name="Checked">How much of it was checked, or null where it could not be read.</param>
/// <param name="Findings">What was found on it.</param>
/// <param name="Lifecycles">How long its products are supported.</param>
internal sealed record JudgedImage(
    string Name, ComponentInventory? Inventory, CheckCoverage? Checked, ImmutableArray<Finding> Findings, ImmutableArray<LifecycleStatus> Lifecycles)
{
    /// <summary>True where nothing is known about it: it could not be read, or nothing in it could be checked.</summary>
    public bool IsUnknown => Checked is not { State: not CheckState.Nothing };
}
