namespace OssRuntime.Advisories.Matching;

/// <summary>What a row says about a version.</summary>
internal enum RowOutcome
{
    /// <summary>Nothing: the version is in none of its ranges and lists.</summary>
    NotAffected,

    /// <summary>A range holds the version.</summary>
    InRange,

    /// <summary>The version is listed.</summary>
    Listed,

    /// <summary>The version cannot be compared in the ecosystem's order, or the ecosystem has none; the list does not have it.</summary>
    NotComparable,
}
