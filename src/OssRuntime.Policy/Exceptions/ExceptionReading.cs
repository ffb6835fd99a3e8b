using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Exceptions;

/// <summary>An exception that was read, or everything that is wrong with it.</summary>
public sealed record ExceptionReading(RiskException? Exception, ImmutableArray<FieldError> Errors);
