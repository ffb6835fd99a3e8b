namespace OssRuntime.Inventory.Registry;

/// <summary>What a registry is shown to let somebody in. It prints without its secrets.</summary>
public sealed record RegistryCredential
{
    /// <summary>The user's name; empty where only a token is given.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password.</summary>
    public string Password { get; init; } = "";

    /// <summary>A refresh token in the password's stead (Docker's <c>identitytoken</c>), or null.</summary>
    public string? IdentityToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"credential of '{Username}'";
}
