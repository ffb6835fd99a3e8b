using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>Images of which something could not be checked, as it is written. An empty object means anything at all.</summary>
public sealed record UncheckedRuleSpec
{
    /// <summary>Only for these reasons (<c>EcosystemNotCovered</c>, <c>VersionNotComparable</c>, …); for any where empty.</summary>
    public ImmutableArray<string> Reasons { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Only where so many components could not be checked, or more.</summary>
    public int? AtLeast { get; init; }

    /// <summary>Only where so many percent of the components could not be checked, or more.</summary>
    public int? AtLeastPercent { get; init; }
}
