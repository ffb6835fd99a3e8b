using System.Collections.Immutable;

namespace OssRuntime.Advisories.Database;

/// <summary>What became of one source's records when a database was built.</summary>
public sealed record SourceInfo
{
    /// <summary>The source: <c>osv/npm</c>, <c>kev</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Records that were there.</summary>
    public long Read { get; init; }

    /// <summary>Records that are in the database.</summary>
    public long Kept { get; init; }

    /// <summary>Of the kept ones, those that their publisher withdrew: they affect nothing.</summary>
    public long Withdrawn { get; init; }

    /// <summary>Records that another source or an earlier file had already, or had in a newer state.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records that were left out, for the reasons below.</summary>
    public long Skipped { get; init; }

    /// <summary>Records that were kept without a part, for the reasons below.</summary>
    public long Trimmed { get; init; }

    /// <summary>Records that were there and could be used, whether or not another source had them already; null in a file of an older version.</summary>
    public long? Usable { get; init; }

    /// <summary>Where its records are those of an earlier build, because it suddenly lost too many: what it would have lost. Null otherwise.</summary>
    public string? Held { get; init; }

    /// <summary>When the newest kept record was last changed, or null where the source does not tell.</summary>
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Why records were left out or trimmed, most frequent first.</summary>
    public ImmutableArray<ReasonInfo> Reasons { get; init; } = [];

    /// <summary>Files that could not be read, or not to their end.</summary>
    public ImmutableArray<FailureInfo> Failures { get; init; } = [];
}
