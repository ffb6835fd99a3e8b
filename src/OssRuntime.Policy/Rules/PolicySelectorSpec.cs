using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>Whom a policy is for. What is absent restricts nothing; a star stands for any text.</summary>
/// <remarks>A list that the JSON does not have comes as default from generated decoders.</remarks>
public sealed record PolicySelectorSpec
{
    /// <summary>Names of namespaces.</summary>
    public ImmutableArray<string> Namespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Names of namespaces that it is not for.</summary>
    public ImmutableArray<string> ExcludedNamespaces { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Labels that the namespace has, each <c>key=value</c>.</summary>
    public ImmutableArray<string> NamespaceLabels { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Names of images as pods write them.</summary>
    public ImmutableArray<string> Images { get; init => field = value.IsDefault ? [] : value; } = [];
}
