using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Exceptions;

/// <summary>An exception that was read.</summary>
public sealed record RiskException
{
    /// <summary>Its name, with the namespace before it where it has one.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that it holds in; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>As it is written.</summary>
    public required RiskExceptionSpec Spec { get; init; }

    /// <summary>Its packages, read.</summary>
    public ImmutableArray<PackagePattern> Packages { get; init; } = [];

    /// <summary>When it ends.</summary>
    public DateTimeOffset Expires { get; init; }

    /// <summary>True where it counts at a moment: approved by somebody who did not request it, and not expired.</summary>
    public bool IsInForce(DateTimeOffset now) =>
        Spec.Approved == true && Spec.ApprovedBy is { Length: > 0 } by && Spec.RequestedBy is { Length: > 0 } requester && by != requester && now < Expires;

    /// <summary>
    /// True where it accepts a thing that breaks a rule. A null thing stands for all that a rule found: only an exception from the rule as such
    /// accepts that.
    /// </summary>
    public bool Covers(ExceptionScope scope, RuleHit hit, RuleItem? item) =>
        (Namespace is null ? Empty(Spec.Namespaces) || NamePattern.CoversAny(Spec.Namespaces, scope.Namespace) : Namespace == scope.Namespace)
        && (Empty(Spec.Workloads) || (scope.Workload is { } workload && NamePattern.CoversAny(Spec.Workloads, workload)))
        && (Empty(Spec.Images) || NamePattern.CoversAny(Spec.Images, scope.Image) || (scope.Digest is { } digest && NamePattern.CoversAny(Spec.Images, digest)))
        && (Empty(Spec.Rules) || NamePattern.CoversAny(Spec.Rules, $"{hit.Policy}/{hit.Rule.Name}"))
        && (item is null ? Empty(Spec.Advisories) && Packages.IsEmpty && Spec.UntilFixed != true : CoversItem(item));

    private bool CoversItem(RuleItem item) =>
        (Empty(Spec.Advisories) || item.Advisories.Any(id => NamePattern.CoversAny(Spec.Advisories, id)))
        && (Packages.IsEmpty || (item.Package is { } package && Packages.Any(pattern => pattern.Covers(package))))
        && !(Spec.UntilFixed == true && item.FixedIn is not null);

    private static bool Empty(ImmutableArray<string> list) => list.IsDefaultOrEmpty;
}
