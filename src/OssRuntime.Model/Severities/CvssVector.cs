using OssRuntime.Model.Findings;

namespace OssRuntime.Model.Severities;

/// <summary>
/// A CVSS vector with its scores, from 0.0 to 10.0 in tenths (FIRST: "A Complete Guide to the Common Vulnerability Scoring System Version 2.0", and the
/// specification documents of CVSS v3.0, v3.1 and v4.0).
/// </summary>
public sealed record CvssVector
{
    /// <summary>The version of the system.</summary>
    public required CvssVersion Version { get; init; }

    /// <summary>The vector as it was given; one of version 2 without parentheses around it.</summary>
    public required string Vector { get; init; }

    /// <summary>The score of the flaw itself.</summary>
    public required double BaseScore { get; init; }

    /// <summary>Up to version 3.1, the score of the present time; null where no temporal metric says anything.</summary>
    public double? TemporalScore { get; init; }

    /// <summary>In version 4.0, the score with the threat metric (CVSS-BT); null where it says nothing.</summary>
    public double? ThreatScore { get; init; }

    /// <summary>
    /// The score of the environment, which counts in the temporal or threat metrics; null where no environmental metric says anything.
    /// </summary>
    public double? EnvironmentalScore { get; init; }

    /// <summary>The score with all that the vector says.</summary>
    public double Score => EnvironmentalScore ?? ThreatScore ?? TemporalScore ?? BaseScore;

    /// <summary>The word for <see cref="Score"/>. For version 2, which has none, the words are those of the National Vulnerability Database.</summary>
    public Severity Severity => SeverityOf(Version, Score);

    /// <summary>Reads a vector; false, with the reason, where a metric is unknown, missing or there twice.</summary>
    public static bool TryParse(string? text, out CvssVector? vector, out string? error) => CvssParser.TryParse(text, out vector, out error);

    /// <summary>The word for a score (CVSS v3.1 and v4.0, "Qualitative Severity Rating Scale"; NVD for version 2).</summary>
    public static Severity SeverityOf(CvssVersion version, double score) => (version, score) switch
    {
        (CvssVersion.V2, < 4) => Severity.Low,
        (CvssVersion.V2, < 7) => Severity.Medium,
        (CvssVersion.V2, _) => Severity.High,
        (_, < 0.1) => Severity.None,
        (_, < 4) => Severity.Low,
        (_, < 7) => Severity.Medium,
        (_, < 9) => Severity.High,
        _ => Severity.Critical,
    };
}
