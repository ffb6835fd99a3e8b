namespace OssRuntime.Kubernetes.Api;

/// <summary>A watch: everything that happens after a version.</summary>
public sealed record WatchRequest
{
    /// <summary>The version to go on from.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>After how long the server shall close the watch; whole seconds.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Called once the server has taken the watch on.</summary>
    public Action? Opened { get; init; }

    /// <summary>How long no byte may come before the connection is taken for dead. By default a minute more than <see cref="Timeout"/>.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>
    /// The same, once the server has sent a bookmark: it sends them about once a minute, so silence is telling much sooner. 3 minutes by default.
    /// </summary>
    public TimeSpan IdleTimeoutWithBookmarks { get; init; } = TimeSpan.FromMinutes(3);
}
