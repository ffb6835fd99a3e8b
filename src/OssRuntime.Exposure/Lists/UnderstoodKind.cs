using System.Collections.Immutable;

namespace OssRuntime.Exposure.Lists;

/// <summary>A kind of objects that lead traffic to Services, and how it is read. A row of <c>understood.tsv</c>.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Kind">The name of the kind.</param>
/// <param name="Backends">Where in the object its backends stand.</param>
/// <param name="Includes">Where it names other objects that it hands requests on to.</param>
/// <param name="Facing">When what comes in from outside comes to it.</param>
/// <param name="Foreign">What backends in other namespaces come to.</param>
/// <param name="Source">The page that says so.</param>
internal sealed record UnderstoodKind(
    string Group, string Kind, ImmutableArray<FieldPlace> Backends, ImmutableArray<FieldPlace> Includes, Facing Facing, ForeignBackends Foreign, string Source)
{
    /// <summary>The name that tells it from kinds of other groups.</summary>
    public string Id => Group.Length == 0 ? Kind : $"{Kind}.{Group}";
}
