namespace OssRuntime.Cli.Output;

/// <summary>Why a report has no findings on something.</summary>
internal enum GapKind
{
    /// <summary>A target could not be read.</summary>
    NotRead,

    /// <summary>It was read and not checked.</summary>
    NotChecked,

    /// <summary>It was checked by a database that is old.</summary>
    OldDatabase,

    /// <summary>The user did not want to see it.</summary>
    Hidden,

    /// <summary>The format has no room for it.</summary>
    LeftOut,
}
