namespace OssRuntime.Testing.Kubernetes;

/// <summary>A kind that a <see cref="FakeApiServer"/> serves.</summary>
/// <param name="Group">Group; empty for the core.</param>
/// <param name="Version">Version.</param>
/// <param name="Plural">Name in paths.</param>
/// <param name="Kind">Name in objects.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
public sealed record FakeKind(string Group, string Version, string Plural, string Kind, bool Namespaced)
{
    /// <summary>Whether status is written through the subresource only.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether a created object is only a question: it is answered, and not kept.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Group and version as objects carry them.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The path of its group and version.</summary>
    public string Root => Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
}
