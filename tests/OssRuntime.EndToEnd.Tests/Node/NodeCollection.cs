namespace OssRuntime.EndToEnd.Tests.Node;

/// <summary>A machine runs one node at a time.</summary>
[CollectionDefinition(Name)]
public sealed class NodeCollection
{
    public const string Name = "node";
}
