namespace OssRuntime.Model.Versions.SemVer;

/// <summary>
/// Semantic Versioning 2.0.0 with what an ecosystem lets pass besides. Build metadata does not count. A text that is no version comes before
/// every version.
/// </summary>
internal sealed class SemVerOrder(string name, SemVerLeniency leniency) : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version) ?? SemVerVersion.Read(version, leniency, out _);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var leftIsVersion = SemVerVersion.Read(left, leniency | SemVerLeniency.Compared, out var a) is null;
        var rightIsVersion = SemVerVersion.Read(right, leniency | SemVerLeniency.Compared, out var b) is null;
        return leftIsVersion && rightIsVersion ? SemVerPrecedence.Compare(a, b)
            : leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion)
            : left.SequenceCompareTo(right);
    }
}
