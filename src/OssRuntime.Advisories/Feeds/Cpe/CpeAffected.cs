using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.Cpe;

/// <summary>Collects which versions of which programs a record calls affected, by the programs' names in CPE.</summary>
internal sealed class CpeAffected
{
    /// <summary>The ecosystem under which the database keeps programs by their names in CPE.</summary>
    public const string Ecosystem = "cpe";

    /// <summary>Behind the version that a range excludes at its beginning.</summary>
    public const string JustAfter = "!";

    private const int MostRanges = 500;

    private readonly Dictionary<string, (List<AffectedRange> Ranges, List<string> Versions)> _programs = new(StringComparer.Ordinal);

    /// <summary>True where a program was named.</summary>
    public bool IsEmpty => _programs.Count == 0;

    /// <summary>Takes one version.</summary>
    public void AddVersion(string program, string version)
    {
        var versions = Of(program).Versions;
        if (versions.Count < MostRanges && !versions.Contains(version))
        {
            versions.Add(version);
        }
    }

    /// <summary>Takes a range; one without any bound says nothing about versions and is left out.</summary>
    public void AddRange(string program, string? from, bool isFromExcluded, RangeEvent? end)
    {
        if (from is null && end is null)
        {
            return;
        }

        var begin = new RangeEvent(RangeEventType.Introduced, from is null ? "0" : isFromExcluded ? from + JustAfter : from);
        var range = new AffectedRange(RangeType.Ecosystem, end is { } last ? [begin, last] : [begin]);
        var ranges = Of(program).Ranges;
        if (ranges.Count < MostRanges && !ranges.Contains(range))
        {
            ranges.Add(range);
        }
    }

    /// <summary>Hands them to a record.</summary>
    public void AddTo(AdvisoryDraft draft)
    {
        foreach (var (program, (ranges, versions)) in _programs)
        {
            if (ranges.Count > 0 || versions.Count > 0)
            {
                draft.AddAffected(new AffectedPackage(new Ecosystem(Ecosystem), program, [.. ranges], [.. versions], []));
            }
        }
    }

    private (List<AffectedRange> Ranges, List<string> Versions) Of(string program)
    {
        if (!_programs.TryGetValue(program, out var entry))
        {
            _programs.Add(program, entry = ([], []));
        }

        return entry;
    }
}
