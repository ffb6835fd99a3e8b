using System.Collections.Immutable;
using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Adoption;

/// <summary>What a database that was built lacks of what it should have.</summary>
public static class BuildGaps
{
    /// <summary>How old a copy may be that is read because a feed cannot be had, before the database counts as incomplete.</summary>
    private static readonly TimeSpan OldestCopy = TimeSpan.FromDays(3);

    /// <summary>What is missing, a line each; empty for a database that has all that it should have.</summary>
    /// <param name="info">The database.</param>
    /// <param name="required">Sources that must have records: <c>osv/npm</c>, or <c>osv</c> for any of its parts.</param>
    /// <param name="now">The present instant.</param>
    public static ImmutableArray<string> Of(DatabaseInfo info, IEnumerable<string> required, DateTimeOffset now) =>
    [
        .. required.Where(name => !info.Sources.Any(source => source.Kept > 0 && (source.Name == name || source.Name.StartsWith(name + "/", StringComparison.Ordinal))))
            .Select(name => $"source {name} is required and has no records"),
        .. info.Sources.Where(source => source.Held is not null)
            .Select(source => $"source {source.Name} {source.Held}; its data from the build before is used (--accept {source.Name} takes the new data)"),
        .. info.Sources.SelectMany(source => source.Failures).Select(failure => $"{failure.File} could not be read: {failure.Reason}"),
        .. info.Troubles.Where(trouble => trouble.CopyFrom is null || now - trouble.CopyFrom > OldestCopy)
            .Select(trouble => $"{trouble.Path}: {trouble.Reason}; {(trouble.CopyFrom is { } copy ? $"the copy of {copy:u} is used" : "its data is missing")}"),
    ];
}
