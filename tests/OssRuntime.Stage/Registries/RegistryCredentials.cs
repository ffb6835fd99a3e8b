namespace OssRuntime.Stage.Registries;

/// <summary>A user of a registry.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Password">The password.</param>
public sealed record RegistryCredentials(string User, string Password)
{
    /// <summary>Tells nobody the password.</summary>
    public override string ToString() => User;
}
