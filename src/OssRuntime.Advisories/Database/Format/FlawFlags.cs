namespace OssRuntime.Advisories.Database.Format;

/// <summary>The flags of a flaw's record.</summary>
[Flags]
internal enum FlawFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A catalogue says that it is exploited.</summary>
    Exploited = 1,

    /// <summary>Four bytes follow: the EPSS probability.</summary>
    Epss = 2,

    /// <summary>More than one advisory speaks of it: they may contradict each other.</summary>
    Several = 4,

    /// <summary>There is an assessment for SSVC: the bits that follow.</summary>
    Ssvc = 8,

    /// <summary>A proof of concept is public.</summary>
    ProofOfConcept = 16,

    /// <summary>Attacks have been seen.</summary>
    Active = 32,

    /// <summary>Attacks can be repeated without people.</summary>
    Automatable = 64,

    /// <summary>An attack gives total control.</summary>
    TotalImpact = 128,
}
