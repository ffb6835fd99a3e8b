namespace OssRuntime.Exposure.Lists;

/// <summary>How it is told who serves a balancer. A row of <c>owners.tsv</c>.</summary>
/// <param name="Owner">Who serves it.</param>
/// <param name="By">What tells it: <c>node</c>, <c>class</c>, <c>controller</c>, <c>ingress</c>.</param>
/// <param name="Value">The value, or how it begins.</param>
/// <param name="IsInternal">What the balancer is without a mark.</param>
internal sealed record BalancerOwner(string Owner, string By, string Value, bool IsInternal);
