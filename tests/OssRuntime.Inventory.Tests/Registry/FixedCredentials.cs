using OssRuntime.Inventory.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

/// <summary>The same credentials for everything.</summary>
internal sealed class FixedCredentials(params (string Username, string Password)[] pairs) : IRegistryCredentials
{
    public IReadOnlyList<RegistryCredential> Find(string registry, string repository) =>
        [.. pairs.Select(p => new RegistryCredential { Username = p.Username, Password = p.Password })];
}
