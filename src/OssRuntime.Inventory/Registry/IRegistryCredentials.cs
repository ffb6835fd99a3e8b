namespace OssRuntime.Inventory.Registry;

/// <summary>Finds what to show a registry.</summary>
public interface IRegistryCredentials
{
    /// <summary>The credentials that may fit, the most particular first; none where nothing is known.</summary>
    /// <param name="registry">The registry's host, with its port where it has one: <c>docker.io</c>, <c>registry.example:5000</c>.</param>
    /// <param name="repository">The repository: <c>library/debian</c>.</param>
    IReadOnlyList<RegistryCredential> Find(string registry, string repository);
}
