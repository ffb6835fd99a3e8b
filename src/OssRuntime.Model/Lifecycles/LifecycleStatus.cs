namespace OssRuntime.Model.Lifecycles;

/// <summary>
/// The support state of one product's release cycle on a given day: <c>debian 11</c>, <c>nodejs 14</c>.
/// </summary>
/// <param name="Product">The product's name in the lifecycle data.</param>
/// <param name="Cycle">The release cycle.</param>
/// <param name="State">Its state on the day.</param>
/// <param name="EndOfLife">The day on which support ends or ended, where the data has one.</param>
/// <param name="DaysUntilEndOfLife">Days from the day to <paramref name="EndOfLife"/>; negative when it is past.</param>
/// <param name="Subject">What it was found on: the purl of the component, or the distribution's pretty name.</param>
/// <param name="Source">The feed that says so.</param>
public sealed record LifecycleStatus(
    string Product, string Cycle, LifecycleState State, DateOnly? EndOfLife, int? DaysUntilEndOfLife, string Subject, string Source);
