using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Tests.UnknownImages;

/// <summary>All namespaces are there but those that begin with <c>made-up</c>.</summary>
internal sealed class AnyNamespace : INamespaces
{
    public bool Exists(string name) => !name.StartsWith("made-up", StringComparison.Ordinal);
}
