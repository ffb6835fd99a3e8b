using System.Collections.Immutable;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Graph;

/// <summary>A NetworkPolicy with its peers resolved to whom they are: once for the policy, whatever pods, ways and ports it is asked for.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Rules">Its rules: the ports (none is all), and whom they admit.</param>
internal sealed record CompiledPolicy(NetworkPolicyView Policy, ImmutableArray<(NetworkPolicyView.PolicyPort[] Ports, Admitted Whom)> Rules);
