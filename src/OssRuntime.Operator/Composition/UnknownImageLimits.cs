namespace OssRuntime.Operator.Composition;

/// <summary>
/// How much the names at admission may cost: whoever may create pods can name images without end, and neither memory nor anybody's registry shall
/// feel it.
/// </summary>
internal sealed record UnknownImageLimits
{
    /// <summary>How many wait at most.</summary>
    public int Waiting { get; init; } = 256;

    /// <summary>How many of one namespace wait at most, so that none crowds out the others.</summary>
    public int WaitingOfNamespace { get; init; } = 32;

    /// <summary>How many names are remembered: those that failed, and the digests of the others.</summary>
    public int Remembered { get; init; } = 4_096;

    /// <summary>How many images that were read for admission, and that nobody runs, have an object at most.</summary>
    public int Objects { get; init; } = 500;

    /// <summary>How many of those one namespace may have asked for, so that nobody uses them up for the others.</summary>
    public int ObjectsOfNamespace { get; init; } = 100;

    /// <summary>The time between two names that registries are asked for.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(200);
}
