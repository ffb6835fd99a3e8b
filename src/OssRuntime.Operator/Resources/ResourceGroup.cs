namespace OssRuntime.Operator.Resources;

/// <summary>The API group of our custom resources.</summary>
internal static class ResourceGroup
{
    public const string Name = "ossruntime.io";

    public const string Version = "v1alpha1";
}
