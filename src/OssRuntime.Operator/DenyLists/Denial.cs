using System.Collections.Immutable;

namespace OssRuntime.Operator.DenyLists;

/// <summary>An image that is denied whatever the pod is like.</summary>
/// <param name="Lines">Its digest, and the name that stands for it where one does.</param>
/// <param name="Namespaces">Where it is denied.</param>
internal sealed record Denial(ImmutableArray<string> Lines, ImmutableArray<string> Namespaces);
