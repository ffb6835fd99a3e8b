namespace OssRuntime.Kubernetes.Writing;

internal enum ApplyPart
{
    Object,
    Status,
}
