using System.Collections.Immutable;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Rules;

/// <summary>One thing in an image that breaks a rule, as far as the image alone decides.</summary>
public sealed record RuleItem
{
    /// <summary>What it is called: an advisory with its package, a package, a release cycle, the inventory.</summary>
    public required string Text { get; init; }

    /// <summary>The id and the aliases of the finding; empty for the others.</summary>
    public ImmutableArray<string> Advisories { get; init; } = [];

    /// <summary>The package, where it is about one.</summary>
    public PackageUrl? Package { get; init; }

    /// <summary>The version that fixes it, where there is one.</summary>
    public string? FixedIn { get; init; }

    /// <summary>A malicious package.</summary>
    public bool Malicious { get; init; }

    /// <summary>A component that gets no fixes any more.</summary>
    public bool Ended { get; init; }

    /// <summary>Since when it is known of the image; null where nobody kept that.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The inputs of its priority that do not depend on the workload.</summary>
    public PriorityEvidence Evidence { get; init; }
}
