using OssRuntime.Model.Advisories;
using OssRuntime.Model.Collections;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Findings;

/// <summary>A component and a group of advisories that are one flaw (their aliases merged), with every source's word kept.</summary>
public sealed record Finding
{
    /// <summary>The id of the group: the CVE where there is one, else the best known id of its members.</summary>
    public required string Id { get; init; }

    /// <summary>All other ids of the group, sorted.</summary>
    public EquatableArray<string> Aliases { get; init; } = [];

    /// <summary>The component it is about.</summary>
    public required Component Component { get; init; }

    /// <summary>The severity by the chosen vector, else by the highest severity word; Malicious for a malicious package.</summary>
    public Severity Severity { get; init; }

    /// <summary>The score of the chosen vector, 0.0 to 10.0, or null.</summary>
    public double? Score { get; init; }

    /// <summary>The chosen CVSS vector, or null.</summary>
    public string? Vector { get; init; }

    /// <summary>Which source the vector came from, and why it was chosen; empty where there is none.</summary>
    public string VectorReason { get; init; } = "";

    /// <summary>Each source's word, in a fixed order.</summary>
    public EquatableArray<FindingSource> Sources { get; init; } = [];

    /// <summary>What the advisories and the component have in common.</summary>
    public MatchBasis MatchedBy { get; init; }

    /// <summary>True where a catalogue says that it is exploited.</summary>
    public bool KnownExploited { get; init; }

    /// <summary>The EPSS probability of exploitation within 30 days, 0 to 1, or null.</summary>
    public double? Epss { get; init; }

    /// <summary>The share of flaws, in percent, whose EPSS probability is lower; null where too few are known to say so.</summary>
    public double? EpssPercentile { get; init; }

    /// <summary>Whether that is as much as the owner takes for a sign of attacks to come; null where no percentile is known.</summary>
    public bool? LikelyExploited { get; init; }

    /// <summary>The lowest version above the component's that fixes it in every source that names a fix, or null.</summary>
    public string? FixedIn { get; init; }

    /// <summary>
    /// The day since when, at the latest, the fix is known: the earliest on which an advisory that names one was last changed. Null where there is no fix
    /// or no date.
    /// </summary>
    public DateOnly? FixKnownOn { get; init; }

    /// <summary>What the publisher who answers for the component does about it.</summary>
    public FixState FixState { get; init; }

    /// <summary>CISA's assessment of the flaw for SSVC, or null.</summary>
    public SsvcAssessment? Ssvc { get; init; }

    /// <summary>Where exploits of the flaw are published, as far as publishers of advisories say so.</summary>
    public EquatableArray<ExploitReference> Exploits { get; init; } = [];

    /// <summary>The status after VEX and exceptions.</summary>
    public FindingStatus Status { get; init; }

    /// <summary>The VEX statement that decided the status, or null.</summary>
    public VexVerdict? Vex { get; init; }

    /// <summary>One line on what it is.</summary>
    public string Summary { get; init; } = "";
}
