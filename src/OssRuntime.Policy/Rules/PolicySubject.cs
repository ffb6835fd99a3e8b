using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Policy.Rules;

/// <summary>What rules look at in an image.</summary>
/// <param name="Inventory">Its components.</param>
/// <param name="Findings">What is known against them, most pressing first.</param>
/// <param name="Lifecycles">The states of its release cycles, as of today.</param>
public sealed record PolicySubject(ComponentInventory Inventory, ImmutableArray<Finding> Findings, ImmutableArray<LifecycleStatus> Lifecycles);
