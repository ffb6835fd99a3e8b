namespace OssRuntime.Exposure.Views;

/// <summary>A pool of addresses that load balancers in the cluster hand out: MetalLB's IPAddressPool, Cilium's CiliumLoadBalancerIPPool.</summary>
internal sealed record AddressPoolView(ViewMetadata Metadata, AddressPoolView.PoolSpec? Spec) : IView
{
    /// <summary>The kinds that are read.</summary>
    public static readonly (string Group, string Kind)[] Kinds = [("metallb.io", "IPAddressPool"), ("cilium.io", "CiliumLoadBalancerIPPool")];

    /// <summary>The ranges, as <c>first-last</c> or in CIDR notation.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<string> Ranges =>
        (Spec?.Addresses ?? []).Concat((Spec?.Blocks ?? []).Select(block => block.Cidr ?? $"{block.Start}-{block.Stop ?? block.Start}"));

    internal sealed record PoolSpec(string[]? Addresses, Block[]? Blocks);

    internal sealed record Block(string? Cidr, string? Start, string? Stop);
}
