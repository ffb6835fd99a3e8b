using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>The <c>spec</c> of a RiskPolicy as it is written; <see cref="RiskPolicyCompiler"/> makes a policy of it.</summary>
/// <remarks>A list that the JSON does not have comes as default from generated decoders.</remarks>
public sealed record RiskPolicySpec
{
    /// <summary>Whom it is for; everybody where absent.</summary>
    public PolicySelectorSpec? Selector { get; init; }

    /// <summary>The action of rules that name none: Audit, Warn or Deny. Audit where absent.</summary>
    public string? Action { get; init; }

    /// <summary>What happens to images of which nothing is known yet: Audit, Warn or Deny. Warn where absent.</summary>
    public string? UnknownImages { get; init; }

    /// <summary>Whether digests that run already are let in, with a warning, although a rule denies them. True where absent.</summary>
    public bool? RunningGrace { get; init; }

    /// <summary>Whether images must be named by their digests at admission, so that what was judged is what is pulled. False where absent.</summary>
    public bool? RequireDigest { get; init; }

    /// <summary>The longest life of an exception to its rules, in days; no limit where absent.</summary>
    public int? MaximumExceptionDays { get; init; }

    /// <summary>The rules.</summary>
    public ImmutableArray<RiskRuleSpec> Rules { get; init => field = value.IsDefault ? [] : value; } = [];
}
