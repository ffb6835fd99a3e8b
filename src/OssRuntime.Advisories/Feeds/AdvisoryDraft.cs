using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds;

/// <summary>What has been read of a record so far, and the rules that make an advisory of it.</summary>
internal sealed class AdvisoryDraft
{
    private const int LongestAddress = 1000;

    private readonly List<string> _trimmed = [];
    private int _statements;

    public string? Id { get; set; }

    public string? Summary { get; set; }

    public string? Details { get; set; }

    public string? SeverityWord { get; set; }

    public double? Score { get; set; }

    public DateTimeOffset? Modified { get; set; }

    public DateTimeOffset? Withdrawn { get; set; }

    public SsvcAssessment? Ssvc { get; set; }

    public bool Malware { get; set; }

    public bool Unmaintained { get; set; }

    public List<string> Aliases { get; } = [];

    public List<string> Upstream { get; } = [];

    public List<string> Related { get; } = [];

    public List<string> Vectors { get; } = [];

    public List<string> References { get; } = [];

    public List<string> Exploits { get; } = [];

    public List<AffectedPackage> Affected { get; } = [];

    /// <summary>Counts packages, versions and events.</summary>
    /// <exception cref="FeedRecordException">The record has more than any real one.</exception>
    public void Count(int statements)
    {
        _statements += statements;
        if (_statements > FeedLimits.Statements)
        {
            throw new FeedRecordException($"more than {FeedLimits.Statements} packages, versions and events in one record");
        }
    }

    /// <summary>Notes that a part is left out; each reason once.</summary>
    public void Trim(string reason)
    {
        if (!_trimmed.Contains(reason))
        {
            _trimmed.Add(reason);
        }
    }

    /// <summary>Adds an id to a list; what cannot be an id is left out.</summary>
    public void AddId(List<string> ids, string? id)
    {
        if (string.IsNullOrWhiteSpace(id) || id.Length > AdvisoryIds.Longest || ids.Count >= FeedLimits.Ids)
        {
            Trim("an id is no text, too long, or one of too many");
            return;
        }

        ids.Add(AdvisoryIds.Canonical(id));
    }

    /// <summary>Adds an address to read on at, as long as there are not too many.</summary>
    /// <param name="address">The address.</param>
    /// <param name="marked">True where the publisher says that there is an exploit at it.</param>
    public void AddReference(string? address, bool marked = false)
    {
        if (address is not { Length: > 0 and <= LongestAddress })
        {
            return;
        }

        if (References.Count < FeedLimits.References && !References.Contains(address))
        {
            References.Add(address);
        }

        if (Exploits.Count < FeedLimits.Exploits && (marked ? ExploitPlaces.IsOnTheWeb(address) : ExploitPlaces.Hold(address)) && !Exploits.Contains(address))
        {
            Exploits.Add(address);
        }
    }

    /// <summary>Adds a package; one whose name or versions no real package can have is left out.</summary>
    public void AddAffected(AffectedPackage package)
    {
        Count(1 + package.Versions.Length);
        if (package.Name.Length > FeedLimits.Name || package.Ecosystem.ToString().Length > FeedLimits.Name)
        {
            Trim($"a package's name is longer than {FeedLimits.Name} characters");
        }
        else if (package.Ranges.Any(range => range.Events.Any(e => e.Version.Length > FeedLimits.Version)))
        {
            Trim($"a version is longer than {FeedLimits.Version} characters");
        }
        else
        {
            Affected.Add(package);
        }
    }

    /// <summary>The advisory.</summary>
    /// <exception cref="FeedRecordException">There is none in the record.</exception>
    public FeedAdvisory Finish(string source)
    {
        if (string.IsNullOrWhiteSpace(Id) || Id.Length > AdvisoryIds.Longest)
        {
            throw new FeedRecordException("the record has no id");
        }

        TakeUpstreamOfErrata();
        if (IsErratumWithoutFlaw())
        {
            throw new FeedRecordException("a bug fix or an enhancement, not a security advisory");
        }

        var advisory = new Advisory
        {
            Id = AdvisoryIds.Canonical(Id),
            Feed = source,
            Kind = Kind(),
            Aliases = [.. Aliases],
            Upstream = [.. Upstream],
            Withdrawn = Withdrawn,
            Modified = Modified,
            Vectors = [.. Vectors],
            SeverityWord = SeverityWord ?? Rating(Score),
            Summary = Line(Summary ?? Details),
            Affected = [.. Affected],
        };
        var details = Details is { Length: > FeedLimits.Details } ? Details[..FeedLimits.Details] : Details ?? "";
        return new FeedAdvisory(advisory, details, [.. References], [.. _trimmed])
        {
            Ssvc = Ssvc,
            // What is itself an attack has no exploit.
            Exploits = advisory.Kind == AdvisoryKind.Vulnerability ? [.. Exploits] : [],
        };
    }

    private AdvisoryKind Kind() =>
        Malware || Id!.StartsWith("MAL-", StringComparison.Ordinal) || Aliases.Exists(id => id.StartsWith("MAL-", StringComparison.Ordinal))
            || MalwareWords.SaySo(Summary, Details)
            ? AdvisoryKind.Malware
            : Unmaintained ? AdvisoryKind.Unmaintained : AdvisoryKind.Vulnerability;

    /// <summary>
    /// Errata written before the schema had <c>upstream</c> name the CVEs that they fix under <c>related</c>. Only distributions do that;
    /// elsewhere a related id is another flaw.
    /// </summary>
    private void TakeUpstreamOfErrata()
    {
        if (Upstream.Count == 0 && Aliases.Count == 0 && Affected.Count > 0
            && EcosystemNames.HasReleases(Affected[0].Ecosystem.Name.ToLowerInvariant()))
        {
            Upstream.AddRange(Related.Where(id => id.StartsWith("CVE-", StringComparison.Ordinal)));
        }
    }

    /// <summary>The RPM distributions publish bug fixes (xxBA-) and enhancements (xxEA-) beside security errata.</summary>
    private bool IsErratumWithoutFlaw() =>
        Upstream.Count == 0 && Aliases.Count == 0 && Id!.Length > 5 && Id[4] == '-' && Id[2] is 'B' or 'E' && Id[3] == 'A'
        && Id.AsSpan(0, 2) is "AL" or "RL" or "RH" or "EL";

    /// <summary>The words of CVSS v3.1 section 5 for a bare score.</summary>
    private static string? Rating(double? score) => score switch
    {
        null => null,
        >= 9 => "CRITICAL",
        >= 7 => "HIGH",
        >= 4 => "MEDIUM",
        > 0 => "LOW",
        _ => "NONE",
    };

    private static string Line(string? text)
    {
        var line = text.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        line = end < 0 ? line : line[..end].TrimEnd();
        return line.Length <= FeedLimits.Summary ? line.ToString() : string.Concat(line[..(FeedLimits.Summary - 1)].TrimEnd(), "…");
    }
}
