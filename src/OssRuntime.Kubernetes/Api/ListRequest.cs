namespace OssRuntime.Kubernetes.Api;

/// <summary>One page of a list.</summary>
public sealed record ListRequest
{
    /// <summary>
    /// Null: the newest state, by quorum. <c>0</c>: whatever the server's watch cache holds. Else: a state not older than this one.
    /// Must be null with a <see cref="Continue"/> token.
    /// </summary>
    public string? ResourceVersion { get; init; }

    /// <summary>At most so many objects; 0 for no limit. The watch cache of older servers takes no notice of it.</summary>
    public int Limit { get; init; }

    /// <summary>The token that the page before ended with.</summary>
    public string? Continue { get; init; }
}
