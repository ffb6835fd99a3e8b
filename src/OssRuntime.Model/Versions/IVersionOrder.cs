namespace OssRuntime.Model.Versions;

/// <summary>How one ecosystem orders its versions: a total order on all versions that it accepts.</summary>
public interface IVersionOrder
{
    /// <summary>A short name for messages: <c>deb</c>, <c>semver</c>.</summary>
    string Name { get; }

    /// <summary>Null for a version that this order accepts, else why not. Versions longer than 512 characters are refused.</summary>
    string? Refuse(ReadOnlySpan<char> version);

    /// <summary>
    /// Negative, zero or positive as <paramref name="left"/> is older than, equal to or newer than <paramref name="right"/>. Both must be
    /// accepted versions; anything else still gives an answer and never throws.
    /// </summary>
    int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right);
}
