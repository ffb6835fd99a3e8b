using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>A policy that was read, or everything that is wrong with it.</summary>
public sealed record PolicyReading(RiskPolicy? Policy, ImmutableArray<FieldError> Errors);
