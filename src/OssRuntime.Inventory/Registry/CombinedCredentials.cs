namespace OssRuntime.Inventory.Registry;

/// <summary>The credentials of several sources, in the order of the sources: the secrets of a pod, its service account, the process.</summary>
/// <param name="sources">The sources.</param>
public sealed class CombinedCredentials(IReadOnlyList<IRegistryCredentials> sources) : IRegistryCredentials
{
    /// <inheritdoc/>
    public IReadOnlyList<RegistryCredential> Find(string registry, string repository) =>
        [.. sources.SelectMany(source => source.Find(registry, repository)).Distinct()];
}
