namespace OssRuntime.Advisories.Matching;

/// <summary>An ecosystem, with its release, on which the database has nothing, and how many components of the image belong to it.</summary>
public sealed record UncoveredEcosystem(string Ecosystem, int Components)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Ecosystem} ({Components} components)";
}
