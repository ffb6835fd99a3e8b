using System.Collections.Immutable;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Counts what becomes of one source's records.</summary>
internal sealed class SourceTally(string name)
{
    private const int MostReasons = 100;
    private const int MostExamples = 5;
    private const string OtherReasons = "other reasons";

    private readonly Dictionary<string, (long Count, List<string> Examples)> _reasons = new(StringComparer.Ordinal);
    private readonly List<FailureInfo> _failures = [];

    public string Name { get; } = name;

    public long Read { get; set; }

    public long Kept { get; set; }

    public long Withdrawn { get; set; }

    public long Duplicates { get; set; }

    public DateTimeOffset? Newest { get; private set; }

    private long Skipped { get; set; }

    private long NotNamed { get; set; }

    private long Trimmed { get; set; }

    /// <summary>A record left out.</summary>
    public void Skip(string record, string reason)
    {
        Read++;
        Skipped++;
        Note(record, reason);
    }

    /// <summary>A kept record of which a newer state has come.</summary>
    public void Replace()
    {
        Kept--;
        Duplicates++;
    }

    /// <summary>A record that would only add to others, of which there are none.</summary>
    public void Unnamed(string record)
    {
        Skipped++;
        NotNamed++;
        Note(record, "no advisory names it");
    }

    /// <summary>A part of a kept record left out.</summary>
    public void Trim(string record, string reason)
    {
        Trimmed++;
        Note(record, reason);
    }

    /// <summary>A file that ended badly.</summary>
    public void Fail(string file, string reason) => _failures.Add(new FailureInfo(file, reason));

    /// <summary>A kept record's instant.</summary>
    public void See(DateTimeOffset? modified)
    {
        if (modified is { } instant && (Newest is null || instant > Newest))
        {
            Newest = instant;
        }
    }

    /// <summary>The result.</summary>
    public SourceInfo ToInfo(string? held) => new()
    {
        Name = Name,
        Usable = Read - (Skipped - NotNamed),
        Held = held,
        Read = Read,
        Kept = Kept,
        Withdrawn = Withdrawn,
        Duplicates = Duplicates,
        Skipped = Skipped,
        Trimmed = Trimmed,
        Newest = Newest,
        Failures = [.. _failures],
        Reasons =
        [
            .. _reasons.OrderByDescending(reason => reason.Value.Count).ThenBy(reason => reason.Key, StringComparer.Ordinal)
                .Select(reason => new ReasonInfo(reason.Key, reason.Value.Count, [.. reason.Value.Examples])),
        ],
    };

    private void Note(string record, string reason)
    {
        var key = _reasons.Count < MostReasons || _reasons.ContainsKey(reason) ? reason : OtherReasons;
        var (count, examples) = _reasons.GetValueOrDefault(key, (0, []));
        if (examples.Count < MostExamples)
        {
            examples.Add(record);
        }

        _reasons[key] = (count + 1, examples);
    }
}
