namespace OssRuntime.Model.Versions.Go;

/// <summary>How far a version with certain numbers is, oldest first.</summary>
internal enum GoStage
{
    /// <summary>The language version <c>go1.21</c>, before every release of it.</summary>
    Language,

    /// <summary>A pre-release, pseudo-versions included.</summary>
    PreRelease,

    /// <summary>The release.</summary>
    Release,
}
