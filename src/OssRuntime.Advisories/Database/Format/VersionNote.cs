namespace OssRuntime.Advisories.Database.Format;

/// <summary>What its publisher says of a version. The numbers are those of the file.</summary>
internal enum VersionNote : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It should not be used any more.</summary>
    Deprecated = 1,

    /// <summary>It was taken back.</summary>
    Yanked = 2,
}
