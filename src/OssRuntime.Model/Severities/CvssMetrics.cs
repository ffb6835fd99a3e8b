using System.Collections.Immutable;

namespace OssRuntime.Model.Severities;

/// <summary>The metrics of each version (CVSS v2 guide, table 13; v3.1 specification, table 15, which 3.0 shares; v4.0 specification, table 23).</summary>
internal static class CvssMetrics
{
    private const CvssMetricGroup Base = CvssMetricGroup.Base;
    private const CvssMetricGroup Threat = CvssMetricGroup.Threat;
    private const CvssMetricGroup Environmental = CvssMetricGroup.Environmental;
    private const CvssMetricGroup Supplemental = CvssMetricGroup.Supplemental;

    private static readonly ImmutableArray<CvssMetric> V2 =
    [
        new(Base, "AV", "L", "A", "N"),
        new(Base, "AC", "H", "M", "L"),
        new(Base, "Au", "M", "S", "N"),
        new(Base, "C", "N", "P", "C"),
        new(Base, "I", "N", "P", "C"),
        new(Base, "A", "N", "P", "C"),
        new(Threat, "E", "ND", "U", "POC", "F", "H"),
        new(Threat, "RL", "ND", "OF", "TF", "W", "U"),
        new(Threat, "RC", "ND", "UC", "UR", "C"),
        new(Environmental, "CDP", "ND", "N", "L", "LM", "MH", "H"),
        new(Environmental, "TD", "ND", "N", "L", "M", "H"),
        new(Environmental, "CR", "ND", "L", "M", "H"),
        new(Environmental, "IR", "ND", "L", "M", "H"),
        new(Environmental, "AR", "ND", "L", "M", "H"),
    ];

    private static readonly ImmutableArray<CvssMetric> V3 =
    [
        new(Base, "AV", "N", "A", "L", "P"),
        new(Base, "AC", "L", "H"),
        new(Base, "PR", "N", "L", "H"),
        new(Base, "UI", "N", "R"),
        new(Base, "S", "U", "C"),
        new(Base, "C", "H", "L", "N"),
        new(Base, "I", "H", "L", "N"),
        new(Base, "A", "H", "L", "N"),
        new(Threat, "E", "X", "H", "F", "P", "U"),
        new(Threat, "RL", "X", "U", "W", "T", "O"),
        new(Threat, "RC", "X", "C", "R", "U"),
        new(Environmental, "CR", "X", "H", "M", "L"),
        new(Environmental, "IR", "X", "H", "M", "L"),
        new(Environmental, "AR", "X", "H", "M", "L"),
        new(Environmental, "MAV", "X", "N", "A", "L", "P"),
        new(Environmental, "MAC", "X", "L", "H"),
        new(Environmental, "MPR", "X", "N", "L", "H"),
        new(Environmental, "MUI", "X", "N", "R"),
        new(Environmental, "MS", "X", "U", "C"),
        new(Environmental, "MC", "X", "H", "L", "N"),
        new(Environmental, "MI", "X", "H", "L", "N"),
        new(Environmental, "MA", "X", "H", "L", "N"),
    ];

    private static readonly ImmutableArray<CvssMetric> V4 =
    [
        new(Base, "AV", "N", "A", "L", "P"),
        new(Base, "AC", "L", "H"),
        new(Base, "AT", "N", "P"),
        new(Base, "PR", "N", "L", "H"),
        new(Base, "UI", "N", "P", "A"),
        new(Base, "VC", "H", "L", "N"),
        new(Base, "VI", "H", "L", "N"),
        new(Base, "VA", "H", "L", "N"),
        new(Base, "SC", "H", "L", "N"),
        new(Base, "SI", "H", "L", "N"),
        new(Base, "SA", "H", "L", "N"),
        new(Threat, "E", "X", "A", "P", "U"),
        new(Environmental, "CR", "X", "H", "M", "L"),
        new(Environmental, "IR", "X", "H", "M", "L"),
        new(Environmental, "AR", "X", "H", "M", "L"),
        new(Environmental, "MAV", "X", "N", "A", "L", "P"),
        new(Environmental, "MAC", "X", "L", "H"),
        new(Environmental, "MAT", "X", "N", "P"),
        new(Environmental, "MPR", "X", "N", "L", "H"),
        new(Environmental, "MUI", "X", "N", "P", "A"),
        new(Environmental, "MVC", "X", "H", "L", "N"),
        new(Environmental, "MVI", "X", "H", "L", "N"),
        new(Environmental, "MVA", "X", "H", "L", "N"),
        new(Environmental, "MSC", "X", "H", "L", "N"),
        new(Environmental, "MSI", "X", "S", "H", "L", "N"),
        new(Environmental, "MSA", "X", "S", "H", "L", "N"),
        new(Supplemental, "S", "X", "N", "P"),
        new(Supplemental, "AU", "X", "N", "Y"),
        new(Supplemental, "R", "X", "A", "U", "I"),
        new(Supplemental, "V", "X", "D", "C"),
        new(Supplemental, "RE", "X", "L", "M", "H"),
        new(Supplemental, "U", "X", "Clear", "Green", "Amber", "Red"),
    ];

    /// <summary>The metrics of a version in the order of its specification.</summary>
    internal static ImmutableArray<CvssMetric> Of(CvssVersion version) => version switch
    {
        CvssVersion.V2 => V2,
        CvssVersion.V40 => V4,
        _ => V3,
    };
}
