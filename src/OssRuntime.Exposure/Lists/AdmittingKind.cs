using System.Collections.Immutable;

namespace OssRuntime.Exposure.Lists;

/// <summary>A kind of policies beside NetworkPolicy that may admit what NetworkPolicies do not. A row of <c>admitting.tsv</c>.</summary>
/// <param name="Group">The API group.</param>
/// <param name="Kind">The name of the kind.</param>
/// <param name="IsClusterWide">True where its objects are in no namespace.</param>
/// <param name="Rules">Where its rules on what comes in stand.</param>
/// <param name="DenyAll">By whose rules a policy without any rule denies everything.</param>
/// <param name="Source">The page that says so.</param>
internal sealed record AdmittingKind(string Group, string Kind, bool IsClusterWide, ImmutableArray<FieldPlace> Rules, string DenyAll, string Source)
{
    /// <summary>The name that tells it from kinds of other groups.</summary>
    public string Id => $"{Kind}.{Group}";
}
