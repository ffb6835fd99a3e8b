namespace OssRuntime.Advisories.Distribution;

/// <summary>What a pulled database must be like.</summary>
public sealed record PullOptions
{
    /// <summary>The key that must have signed it, in PEM; null takes unsigned ones too.</summary>
    public string? PublicKey { get; init; }

    /// <summary>How old the newest record may be: a signature does not tell whether a database is today's. Null takes any age.</summary>
    public TimeSpan? GreatestAge { get; init; }

    /// <summary>How old the newest record must be, for those who let others go first; null takes the newest.</summary>
    public TimeSpan? LeastAge { get; init; }

    /// <summary>True to take one that is older than the one in use, or has lost records. A wrong signature is refused all the same.</summary>
    public bool Force { get; init; }
}
