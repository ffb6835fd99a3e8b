namespace OssRuntime.Kubernetes.Api;

/// <summary>Where the API server keeps the objects of one kind.</summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version inside the group, such as <c>v1</c>.</param>
/// <param name="Plural">The name in paths, such as <c>pods</c>.</param>
/// <param name="Kind">The name in objects, such as <c>Pod</c>.</param>
/// <param name="Namespaced">Whether the objects live in namespaces.</param>
public sealed record ResourceKind(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    /// <summary>The <c>apiVersion</c> of the objects: <c>group/version</c>, or <c>version</c> alone in the core group.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of all objects of the kind, in one namespace or (null) in all; relative to the server's address.</summary>
    /// <exception cref="InvalidNameException">A part would change the path.</exception>
    public string CollectionPath(string? @namespace)
    {
        var root = Group.Length == 0 ? $"api/{ApiPath.Segment(Version)}" : $"apis/{ApiPath.Segment(Group)}/{ApiPath.Segment(Version)}";
        return Namespaced && @namespace is not null
            ? $"{root}/namespaces/{ApiPath.Segment(@namespace)}/{ApiPath.Segment(Plural)}"
            : $"{root}/{ApiPath.Segment(Plural)}";
    }

    /// <summary>The path of one object or of one of its subresources, relative to the server's address.</summary>
    /// <exception cref="ArgumentException">The key has no namespace and the kind needs one.</exception>
    /// <exception cref="InvalidNameException">A part would change the path.</exception>
    public string ObjectPath(ObjectKey key, string? subresource = null)
    {
        if (Namespaced && key.Namespace is null)
        {
            throw new ArgumentException($"{Kind} '{key.Name}' lives in a namespace and none is given", nameof(key));
        }

        var path = $"{CollectionPath(key.Namespace)}/{ApiPath.Segment(key.Name)}";
        return subresource is null ? path : $"{path}/{ApiPath.Segment(subresource)}";
    }

    /// <summary><c>plural.group</c>, as kubectl and RBAC name it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
