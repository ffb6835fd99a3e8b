using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OssRuntime.Kubernetes.Environment;

/// <summary>What every part of the runtime takes from outside: clock, chance, log and metrics. The defaults are those of a real process.</summary>
public sealed class ControllerEnvironment
{
    private readonly SynchronizedRandom _random = new(new Random());

    /// <summary>The clock, for time stamps, delays and measured durations.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The source of jitter. It may be a seeded one; draws are serialized here.</summary>
    public Random Random
    {
        get => _random;
        init => _random = new SynchronizedRandom(value);
    }

    /// <summary>Where logs go; nowhere by default.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What is counted and measured.</summary>
    public ControllerMetrics Metrics { get; init; } = new();
}
