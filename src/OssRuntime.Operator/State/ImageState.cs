namespace OssRuntime.Operator.State;

/// <summary>Where an image stands: the states of coverage.</summary>
internal enum ImageState
{
    /// <summary>Its inventory is waited for.</summary>
    Pending,

    /// <summary>It has an inventory.</summary>
    Inventoried,

    /// <summary>It could not be read; it is tried again.</summary>
    Failed,

    /// <summary>It is of a kind that has no inventory.</summary>
    Unsupported,
}
