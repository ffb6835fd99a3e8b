namespace OssRuntime.Kubernetes.Apply;

internal sealed record EventSeriesPatch(EventSeries Series);
