namespace OssRuntime.Model.Advisories;

/// <summary>By which order a range's events are read.</summary>
public enum RangeType
{
    /// <summary>The ecosystem's own.</summary>
    Ecosystem,

    /// <summary>Semantic versioning 2.0.</summary>
    SemVer,

    /// <summary>Commits of a repository: nothing that an inventory can be compared with.</summary>
    Git,
}
