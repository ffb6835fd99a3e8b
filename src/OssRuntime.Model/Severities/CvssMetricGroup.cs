namespace OssRuntime.Model.Severities;

/// <summary>What a metric tells about.</summary>
internal enum CvssMetricGroup
{
    /// <summary>The flaw itself; all of these are there.</summary>
    Base,

    /// <summary>How it is exploited at present: Temporal up to version 3.1, Threat in 4.0.</summary>
    Threat,

    /// <summary>Where it is.</summary>
    Environmental,

    /// <summary>What does not count.</summary>
    Supplemental,
}
