using System.Collections.Immutable;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Policies;

/// <summary>What policies say of an image in one place.</summary>
/// <param name="Place">The place.</param>
/// <param name="Violations">The rules that it breaks, gravest action first.</param>
/// <param name="Unknown">Policies for the place of an image that could not be read, or of which nothing could be checked: in a cluster their word on unknown images counts.</param>
/// <param name="Rules">How many rules were applied; 0 where no policy selects the place.</param>
internal sealed record PlaceVerdict(PolicyPlace Place, ImmutableArray<Violation> Violations, ImmutableArray<RiskPolicy> Unknown, int Rules)
{
    /// <summary>Rules of which it cannot be told whether it breaks them, because it cannot be told how far it is reached; gravest action first.</summary>
    public ImmutableArray<Violation> Undecided { get; init; } = [];

    /// <summary>True where it cannot be told whether the image would be let in.</summary>
    public bool MayBeDenied => Undecided.Any(violation => violation.Rule.Action == PolicyAction.Deny);

    /// <summary>Why <see cref="Unknown"/> has policies, for people.</summary>
    public string UnknownBecause { get; init; } = "";

    /// <summary>What policies say, a line each: what is broken, what cannot be decided, and what holds for contents that are unknown.</summary>
    public IEnumerable<string> Lines =>
    [
        .. Violations.Select(violation => violation.Text),
        .. Undecided.Select(violation => violation.UndecidedText),
        .. Unknown.Select(policy => $"{policy.UnknownImages} {policy.Name}: {UnknownBecause}"),
        .. IsUnjudged ? [$"no policy applies to namespace {Place.Scope.Namespace}: nothing was judged"] : Array.Empty<string>(),
    ];

    /// <summary>True where nothing was judged: no policy with a rule is for this place.</summary>
    public bool IsUnjudged => Rules == 0 && Unknown.IsEmpty;

    /// <summary>True where the image would not be let in here.</summary>
    public bool IsDenied => Violations.Any(violation => violation.Rule.Action == PolicyAction.Deny) || Unknown.Any(policy => policy.UnknownImages == PolicyAction.Deny);
}
