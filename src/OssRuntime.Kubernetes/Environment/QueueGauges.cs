namespace OssRuntime.Kubernetes.Environment;

// What a queue lets be measured whenever somebody looks; durations in seconds.
internal sealed record QueueGauges(string Queue, Func<double> Depth, Func<double> Unfinished, Func<double> Longest);
