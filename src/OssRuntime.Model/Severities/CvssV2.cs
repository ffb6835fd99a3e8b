namespace OssRuntime.Model.Severities;

/// <summary>The equations of version 2 (CVSS v2 guide, section 3.2).</summary>
internal static class CvssV2
{
    internal static CvssVector Score(string vector, CvssValues values)
    {
        var impact = Impact(values, requirements: false);
        var baseScore = BaseScore(values, impact);
        var adjusted = BaseScore(values, Math.Min(10m, Impact(values, requirements: true)));
        var adjustedTemporal = Temporal(values, adjusted);
        var environmental = Round((adjustedTemporal + ((10m - adjustedTemporal) * CollateralDamage(values.Of("CDP")))) * TargetDistribution(values.Of("TD")));
        return new CvssVector
        {
            Version = CvssVersion.V2,
            Vector = vector,
            BaseScore = (double)baseScore,
            TemporalScore = values.Has(CvssMetricGroup.Threat) ? (double)Temporal(values, baseScore) : null,
            EnvironmentalScore = values.Has(CvssMetricGroup.Environmental) ? (double)environmental : null,
        };
    }

    private static decimal BaseScore(CvssValues values, decimal impact)
    {
        if (impact == 0m)
        {
            return 0m;
        }

        var exploitability = 20m * AccessVector(values.Of("AV")) * AccessComplexity(values.Of("AC")) * Authentication(values.Of("Au"));
        return Round(((0.6m * impact) + (0.4m * exploitability) - 1.5m) * 1.176m);
    }

    private static decimal Impact(CvssValues values, bool requirements)
    {
        decimal Share(string metric, string requirement) =>
            1m - (ImpactOf(values.Of(metric)) * (requirements ? Requirement(values.Of(requirement)) : 1m));

        return 10.41m * (1m - (Share("C", "CR") * Share("I", "IR") * Share("A", "AR")));
    }

    private static decimal Temporal(CvssValues values, decimal score) =>
        Round(score * Exploitability(values.Of("E")) * RemediationLevel(values.Of("RL")) * ReportConfidence(values.Of("RC")));

    private static decimal Round(decimal score) => Math.Round(score, 1, MidpointRounding.AwayFromZero);

    private static decimal AccessVector(string value) => value switch { "L" => 0.395m, "A" => 0.646m, _ => 1m };

    private static decimal AccessComplexity(string value) => value switch { "H" => 0.35m, "M" => 0.61m, _ => 0.71m };

    private static decimal Authentication(string value) => value switch { "M" => 0.45m, "S" => 0.56m, _ => 0.704m };

    private static decimal ImpactOf(string value) => value switch { "N" => 0m, "P" => 0.275m, _ => 0.66m };

    private static decimal Exploitability(string value) => value switch { "U" => 0.85m, "POC" => 0.9m, "F" => 0.95m, _ => 1m };

    private static decimal RemediationLevel(string value) => value switch { "OF" => 0.87m, "TF" => 0.9m, "W" => 0.95m, _ => 1m };

    private static decimal ReportConfidence(string value) => value switch { "UC" => 0.9m, "UR" => 0.95m, _ => 1m };

    private static decimal CollateralDamage(string value) => value switch { "L" => 0.1m, "LM" => 0.3m, "MH" => 0.4m, "H" => 0.5m, _ => 0m };

    private static decimal TargetDistribution(string value) => value switch { "N" => 0m, "L" => 0.25m, "M" => 0.75m, _ => 1m };

    private static decimal Requirement(string value) => value switch { "L" => 0.5m, "H" => 1.51m, _ => 1m };
}
