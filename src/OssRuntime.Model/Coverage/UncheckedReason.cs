namespace OssRuntime.Model.Coverage;

/// <summary>Why something in an image could not be checked. The set is closed: other programs go by these words.</summary>
public enum UncheckedReason
{
    /// <summary>There is no advisory database.</summary>
    NoDatabase,

    /// <summary>The database is older than whoever asked accepts.</summary>
    DatabaseStale,

    /// <summary>The database has nothing on the ecosystem, or on this release of the distribution.</summary>
    EcosystemNotCovered,

    /// <summary>Advisories speak of the package, and its version cannot be compared with theirs.</summary>
    VersionNotComparable,

    /// <summary>Packages of a distribution, and nothing tells of which distribution or release.</summary>
    DistributionUnknown,

    /// <summary>A distribution of which no package database was found or could be read, or an image in which nothing was recognised.</summary>
    NoPackageDatabase,

    /// <summary>Files that looked like records of packages and could not be read.</summary>
    FilesUnreadable,

    /// <summary>Only an inventory was asked for.</summary>
    NotMatched,

    /// <summary>A part of the image is of a kind that cannot be read.</summary>
    PartOfImageUnsupported,
}
