namespace OssRuntime.Kubernetes.Apply;

/// <summary>How objects are applied.</summary>
public sealed record ApplierOptions
{
    /// <summary>In whose name the object's fields are owned.</summary>
    public string FieldManager { get; init; } = "ossruntime";

    /// <summary>
    /// In whose name the status's fields are owned. Another than for the object: servers before 1.22 keep one set of fields for a manager, so that
    /// each apply to one would give up the other, and what is given up later would stay for ever.
    /// </summary>
    public string StatusFieldManager { get; init; } = "ossruntime-status";

    /// <summary>The annotation that carries the hash of the object without its status.</summary>
    public string HashAnnotation { get; init; } = "ossruntime.io/content-hash";

    /// <summary>The field of the status that carries the status's own hash; the schema of the kind must have it.</summary>
    public string StatusHashField { get; init; } = "contentHash";

    /// <summary>How often one apply is sent in all when the server answers 429; after that the failure is the caller's.</summary>
    public int Tries { get; init; } = 3;
}
