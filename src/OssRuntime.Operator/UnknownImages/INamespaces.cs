namespace OssRuntime.Operator.UnknownImages;

/// <summary>Knows which namespaces there are.</summary>
internal interface INamespaces
{
    /// <summary>True where there is one of this name.</summary>
    bool Exists(string name);
}
