namespace OssRuntime.Kubernetes.Apply;

/// <summary>An apply that ended.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Object">The object as the server last showed it; null if it was too large and there is none.</param>
/// <param name="Bytes">The size of what was to be sent.</param>
public readonly record struct Applied<T>(ApplyOutcome Outcome, T? Object, int Bytes)
    where T : class, IAppliedResource;
