namespace OssRuntime.Inventory.Registry;

/// <summary>No credentials at all.</summary>
public sealed class AnonymousCredentials : IRegistryCredentials
{
    /// <summary>The only one.</summary>
    public static readonly AnonymousCredentials Instance = new();

    private AnonymousCredentials()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<RegistryCredential> Find(string registry, string repository) => [];
}
