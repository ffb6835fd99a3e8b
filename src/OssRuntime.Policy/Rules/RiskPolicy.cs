using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>A policy that was read: whom it is for, its rules, and what happens to what is not known.</summary>
public sealed record RiskPolicy
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it is for.</summary>
    public PolicySelectorSpec Selector { get; init; } = new();

    /// <summary>What happens to an image of which nothing is known.</summary>
    public PolicyAction UnknownImages { get; init; } = PolicyAction.Warn;

    /// <summary>Whether digests that run already are let in again.</summary>
    public bool RunningGrace { get; init; } = true;

    /// <summary>What happens at admission to an image that is not named by its digest; null for nothing.</summary>
    public PolicyAction? WithoutDigest { get; init; }

    /// <summary>The longest life of an exception, in days.</summary>
    public int? MaximumExceptionDays { get; init; }

    /// <summary>The rules.</summary>
    public ImmutableArray<RiskRule> Rules { get; init; } = [];

    /// <summary>True where it may keep something out.</summary>
    public bool Denies => UnknownImages == PolicyAction.Deny || WithoutDigest == PolicyAction.Deny || Rules.Any(rule => rule.Action == PolicyAction.Deny);

    /// <summary>True where it is for a container of this image in this namespace.</summary>
    public bool IsFor(string @namespace, IReadOnlyDictionary<string, string> labels, string image) =>
        IsForNamespace(@namespace, labels) && (Selector.Images.IsEmpty || ImagePattern.CoversAny(Selector.Images, image));

    /// <summary>True where it is for the namespace, whatever runs there.</summary>
    public bool IsForNamespace(string @namespace, IReadOnlyDictionary<string, string> labels) =>
        (Selector.Namespaces.IsEmpty || NamePattern.CoversAny(Selector.Namespaces, @namespace))
        && !NamePattern.CoversAny(Selector.ExcludedNamespaces, @namespace)
        && Selector.NamespaceLabels.All(label => label.IndexOf('=', StringComparison.Ordinal) is var at && at > 0 && labels.GetValueOrDefault(label[..at]) == label[(at + 1)..]);
}
