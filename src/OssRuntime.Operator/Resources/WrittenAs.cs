namespace OssRuntime.Operator.Resources;

/// <summary>The marks on what OssRuntime writes.</summary>
internal static class WrittenAs
{
    /// <summary>The annotation with the hash of an object's content.</summary>
    public const string HashAnnotation = "ossruntime.io/content-hash";
}
