namespace OssRuntime.Advisories.Database.Format;

/// <summary>The flags of an advisory's fixed record.</summary>
[Flags]
internal enum AdvisoryFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Its publisher took it back.</summary>
    Withdrawn = 1,
}
