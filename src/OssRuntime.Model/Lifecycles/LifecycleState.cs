namespace OssRuntime.Model.Lifecycles;

/// <summary>The support state of a release cycle on a day.</summary>
public enum LifecycleState
{
    /// <summary>Nothing is known about the cycle.</summary>
    Unknown,

    /// <summary>Maintained in full.</summary>
    Supported,

    /// <summary>Security fixes only.</summary>
    SecurityOnly,

    /// <summary>No more fixes from its maintainers.</summary>
    EndOfLife,
}
