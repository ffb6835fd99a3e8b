namespace OssRuntime.Kubernetes.Apply;

internal enum ApplyPart
{
    Object,
    Status,
}
