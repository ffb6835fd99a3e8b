namespace OssRuntime.Kubernetes.Apply;

/// <summary>What came of an apply.</summary>
public enum ApplyOutcome
{
    /// <summary>The server has it already: nothing was sent.</summary>
    Unchanged,

    /// <summary>It was sent and taken.</summary>
    Written,

    /// <summary>The server does not take an object of that size. The content must be cut: the same content is not sent again.</summary>
    TooLarge,
}
