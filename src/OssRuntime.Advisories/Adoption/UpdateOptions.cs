using System.Collections.Immutable;
using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Adoption;

/// <summary>How a database is built in the place of another one.</summary>
public sealed record UpdateOptions
{
    /// <summary>What it is built from.</summary>
    public DatabaseBuildOptions Building { get; init; } = new();

    /// <summary>True to take whatever the feeds give, less than before too.</summary>
    public bool Force { get; init; }

    /// <summary>Sources that may lose records.</summary>
    public ImmutableHashSet<string> Accepted { get; init; } = [];

    /// <summary>How long is waited for another process that works on the same file.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);
}
