namespace OssRuntime.Exposure.Graph;

/// <summary>What a change of a pod changes for others.</summary>
[Flags]
internal enum RoleChanges
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Its namespace has something now that faces outside, or has nothing more that does.</summary>
    Fronts = 1,

    /// <summary>A node has a proxy now, or has it no more.</summary>
    NodeProxy = 2,

    /// <summary>What concerns every pod.</summary>
    Everything = 4,
}
