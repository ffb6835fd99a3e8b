using OssRuntime.Advisories.Database;

namespace OssRuntime.Advisories.Distribution;

/// <summary>When a new generation does not take the place of the old one, unless it is forced to.</summary>
public static class AdoptionRules
{
    /// <summary>The share of its records that a source may lose from one generation to the next.</summary>
    private const double MostLost = 0.05;

    /// <summary>Why the next generation is refused; null where it is not. A schema that cannot be read is refused when the file is opened.</summary>
    public static string? Refuse(DatabaseInfo current, DatabaseInfo next)
    {
        if (next.NewestRecord < current.NewestRecord)
        {
            return $"it is older than the database in use: its newest record is from {next.NewestRecord:u}, that of the database in use from {current.NewestRecord:u}";
        }

        var kept = next.Sources.ToDictionary(source => source.Name, source => source.Kept, StringComparer.Ordinal);
        foreach (var source in current.Sources)
        {
            var left = kept.GetValueOrDefault(source.Name);
            if (left < source.Kept * (1 - MostLost))
            {
                return $"source {source.Name} lost more than {MostLost:P0} of its records: {left} of {source.Kept} are left";
            }
        }

        return null;
    }
}
