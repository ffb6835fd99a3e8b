namespace OssRuntime.Stage.Registries;

/// <summary>How a registry is started.</summary>
public sealed record RegistryOptions
{
    /// <summary>User and password that every request must carry; null lets everybody read and write.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>Where pushed images stay; null for a folder that goes with the registry.</summary>
    public string? Storage { get; init; }
}
