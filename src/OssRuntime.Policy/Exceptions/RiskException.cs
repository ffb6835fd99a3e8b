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

    /// <summary>
    /// True where it says that a finding does not affect: such a finding does not count any more where the exception is in force. An exception without a status,
    /// or with another, accepts that it does.
    /// </summary>
    public bool Suppresses => Spec.Status is "not_affected" or "fixed";

    /// <summary>True where it counts at a moment: approved by somebody who did not request it, and not expired.</summary>
    public bool IsInForce(DateTimeOffset now) =>
        Spec.Approved == true && Spec.ApprovedBy is { Length: > 0 } by && Spec.RequestedBy is { Length: > 0 } requester && by != requester && now < Expires;

    /// <summary>
    /// True where it accepts a thing that breaks a rule. A null thing stands for all that a rule found: only an exception from the rule as such
    /// accepts that.
    /// </summary>
    public bool Covers(ExceptionScope scope, RuleHit hit, RuleItem? item) =>
        HoldsIn(scope)
        && (Empty(Spec.Rules) || NamePattern.CoversAny(Spec.Rules, $"{hit.Policy}/{hit.Rule.Name}"))
        && (item is null ? Empty(Spec.Advisories) && Packages.IsEmpty && Spec.UntilFixed != true : CoversItem(item));

    /// <summary>True where it accepts a finding as such in a place: what accepts what breaks a rule says nothing of findings.</summary>
    public bool CoversFinding(ExceptionScope scope, RuleItem item) => HoldsIn(scope) && Names(item);

    /// <summary>True where it names a finding, wherever that is.</summary>
    public bool Names(RuleItem item) => Empty(Spec.Rules) && !(Empty(Spec.Advisories) && Packages.IsEmpty) && CoversItem(item);

    private bool HoldsIn(ExceptionScope scope) =>
        (Namespace is null ? Empty(Spec.Namespaces) || NamePattern.CoversAny(Spec.Namespaces, scope.Namespace) : Namespace == scope.Namespace)
        && (Empty(Spec.Workloads) || (scope.Workload is { } workload && NamePattern.CoversAny(Spec.Workloads, workload)))
        && (Empty(Spec.Images) || ImagePattern.CoversAny(Spec.Images, scope.Image) || (scope.Digest is { } digest && NamePattern.CoversAny(Spec.Images, digest)));

    private bool CoversItem(RuleItem item) =>
        (Empty(Spec.Advisories) || item.Advisories.Any(id => NamePattern.CoversAny(Spec.Advisories, id)))
        && (Packages.IsEmpty || (item.Package is { } package && Packages.Any(pattern => pattern.Covers(package))))
        && !(Spec.UntilFixed == true && item.FixedIn is not null);

    private static bool Empty(ImmutableArray<string> list) => list.IsDefaultOrEmpty;
}
