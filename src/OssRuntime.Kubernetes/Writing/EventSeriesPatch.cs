namespace OssRuntime.Kubernetes.Writing;

internal sealed record EventSeriesPatch(EventSeries Series);
