namespace OssRuntime.Inventory;

/// <summary>What an inventory is made of.</summary>
public enum InventoryMode
{
    /// <summary>The layers alone; nothing else is asked for.</summary>
    Layers,

    /// <summary>The layers, held against an SBOM where one is found; the SBOM alone where the layers can't be read.</summary>
    Auto,

    /// <summary>A usable SBOM alone: what the image's files show is not looked at.</summary>
    Sbom,
}
