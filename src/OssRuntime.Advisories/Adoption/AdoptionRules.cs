using System.Collections.Immutable;
using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Adoption;

/// <summary>When a new generation, or a source in it, does not take the place of the old one unless somebody accepts it.</summary>
public static class AdoptionRules
{
    /// <summary>The share of its records that a source may lose from one generation to the next.</summary>
    private const double MostLost = 0.05;

    /// <summary>Records that any source may lose, as long as it does not lose all.</summary>
    private const int Floor = 20;

    /// <summary>A source whose newest record is so much older than before is an old copy. Publishers take single records back.</summary>
    private static readonly TimeSpan OldCopy = TimeSpan.FromDays(7);

    /// <summary>Publishers' clocks and ours differ; what lies further ahead is a mistake, and nothing is measured by it.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>Why the next generation as a whole is refused; null where it is not. A schema that cannot be read is refused when the file is opened.</summary>
    /// <param name="current">What is in use.</param>
    /// <param name="next">What would be.</param>
    /// <param name="now">The present instant.</param>
    public static string? Refuse(DatabaseInfo current, DatabaseInfo next, DateTimeOffset now)
    {
        var sources = next.Sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        foreach (var source in current.Sources)
        {
            if (Shrunk(source, sources.GetValueOrDefault(source.Name)) is { } shrunk)
            {
                return $"source {source.Name} {shrunk}";
            }
        }

        return IsOlder(current, sources, now)
            ? $"it is older than the database in use: its newest record is from {next.NewestRecord:u}, that of the database in use from {current.NewestRecord:u}"
            : null;
    }

    /// <summary>The sources that would lose more than sources do, each with what it would lose; in the order of the names.</summary>
    public static ImmutableArray<SourceLoss> Losses(DatabaseInfo current, DatabaseInfo next, DateTimeOffset now)
    {
        var sources = next.Sources.ToDictionary(source => source.Name, StringComparer.Ordinal);
        var losses = ImmutableArray.CreateBuilder<SourceLoss>();
        foreach (var source in current.Sources)
        {
            var left = sources.GetValueOrDefault(source.Name);
            var reason = Shrunk(source, left)
                ?? (Believed(source, now + Skew) is { } newest && left?.Newest < newest - OldCopy ? $"is an old copy: its newest record is from {left.Newest:u}, before it was from {newest:u}" : null);
            if (reason is not null)
            {
                losses.Add(new SourceLoss(source.Name, reason));
            }
        }

        return losses.ToImmutable();
    }

    private static string? Shrunk(SourceInfo before, SourceInfo? after)
    {
        var (had, has) = (before.Usable ?? before.Kept, before.Usable is null ? after?.Kept ?? 0 : after?.Usable ?? after?.Kept ?? 0);
        return had > 0 && (has == 0 || (had - has > Floor && has < had * (1 - MostLost)))
            ? $"lost more than {MostLost:P0} of its records: {has} of {had} are left"
            : null;
    }

    /// <summary>True where some source is older and none is newer: one record, or one source, with a wrong instant decides nothing.</summary>
    private static bool IsOlder(DatabaseInfo current, Dictionary<string, SourceInfo> next, DateTimeOffset now)
    {
        // Where the next one is ahead of the clock too, it is the clock that is behind.
        var latest = next.Values.Max(source => source.Newest) > now + Skew ? DateTimeOffset.MaxValue : now + Skew;
        var older = false;
        foreach (var source in current.Sources)
        {
            var (had, has) = (Believed(source, latest), next.GetValueOrDefault(source.Name) is { } after ? Believed(after, latest) : null);
            if (has > had)
            {
                return false;
            }

            older |= has < had;
        }

        return older;
    }

    private static DateTimeOffset? Believed(SourceInfo source, DateTimeOffset latest) => source.Newest <= latest ? source.Newest : null;
}
