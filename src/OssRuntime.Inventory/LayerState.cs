namespace OssRuntime.Inventory;

/// <summary>What is done with a layer.</summary>
public enum LayerState
{
    /// <summary>It is being read.</summary>
    Reading,

    /// <summary>It was read.</summary>
    Read,

    /// <summary>It was known before and is not read.</summary>
    Known,
}
