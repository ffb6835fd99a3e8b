namespace OssRuntime.Model.Advisories;

/// <summary>The kinds of event in an OSV range.</summary>
public enum RangeEventType
{
    /// <summary>Affected from this version on; <c>0</c> is before every version.</summary>
    Introduced,

    /// <summary>No longer affected from this version on.</summary>
    Fixed,

    /// <summary>The last affected version.</summary>
    LastAffected,

    /// <summary>The range says nothing from this version on.</summary>
    Limit,
}
