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
    public string CollectionPath(string? @namespace)
    {
        var root = Group.Length == 0 ? $"api/{Version}" : $"apis/{Segment(Group)}/{Segment(Version)}";
        return Namespaced && @namespace is not null
            ? $"{root}/namespaces/{Segment(@namespace)}/{Segment(Plural)}"
            : $"{root}/{Segment(Plural)}";
    }

    /// <summary>The path of one object or of one of its subresources, relative to the server's address.</summary>
    /// <exception cref="ArgumentException">The key has no namespace and the kind needs one, or a part would change the path.</exception>
    public string ObjectPath(ObjectKey key, string? subresource = null)
    {
        if (Namespaced && key.Namespace is null)
        {
            throw new ArgumentException($"{Kind} '{key.Name}' lives in a namespace and none is given", nameof(key));
        }

        var path = $"{CollectionPath(key.Namespace)}/{Segment(key.Name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }

    /// <summary><c>plural.group</c>, as kubectl and RBAC name it.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    // A name from a hostile object must not lead to another path: everything is escaped, and dots alone, which survive escaping, are refused.
    private static string Segment(string part) =>
        part is "" or "." or ".." ? throw new ArgumentException($"'{part}' is no path segment", nameof(part)) : Uri.EscapeDataString(part);
}
