namespace OssRuntime.Inventory.Registry;

/// <summary>What a request to a registry asks for.</summary>
public enum RegistryRequestKind
{
    /// <summary>A manifest or an index.</summary>
    Manifest,

    /// <summary>A layer or a configuration.</summary>
    Blob,

    /// <summary>A token of the registry's authorization service.</summary>
    Token,
}
