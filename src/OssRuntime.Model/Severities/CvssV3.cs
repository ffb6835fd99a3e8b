namespace OssRuntime.Model.Severities;

/// <summary>The equations of versions 3.0 and 3.1 (specification documents, section 7 or 8.1 and 7.3; they differ in the words on rounding and in one term).</summary>
internal static class CvssV3
{
    internal static CvssVector Score(string vector, CvssVersion version, CvssValues values)
    {
        var changed = values.Of("S") == "C";
        var iss = 1 - ((1 - Impact(values.Of("C"))) * (1 - Impact(values.Of("I"))) * (1 - Impact(values.Of("A"))));
        var impact = changed ? (7.52 * (iss - 0.029)) - (3.25 * Math.Pow(iss - 0.02, 15)) : 6.42 * iss;
        var exploitability = Exploitability(values.Of("AV"), values.Of("AC"), values.Of("PR"), values.Of("UI"), changed);
        var baseScore = Combine(impact, exploitability, changed);
        var threat = Maturity(values.Of("E")) * Remediation(values.Of("RL")) * Confidence(values.Of("RC"));
        return new CvssVector
        {
            Version = version,
            Vector = vector,
            BaseScore = baseScore,
            TemporalScore = values.Has(CvssMetricGroup.Threat) ? RoundUp(baseScore * threat) : null,
            EnvironmentalScore = values.Has(CvssMetricGroup.Environmental) ? Environmental(version, values, threat) : null,
        };
    }

    private static double Environmental(CvssVersion version, CvssValues values, double threat)
    {
        var changed = values.Modified("S") == "C";
        var miss = Math.Min(0.915, 1 - (Share(values, "C", "CR") * Share(values, "I", "IR") * Share(values, "A", "AR")));
        var power = version == CvssVersion.V30 ? Math.Pow(miss - 0.02, 15) : Math.Pow((miss * 0.9731) - 0.02, 13);
        var impact = changed ? (7.52 * (miss - 0.029)) - (3.25 * power) : 6.42 * miss;
        var exploitability =
            Exploitability(values.Modified("AV"), values.Modified("AC"), values.Modified("PR"), values.Modified("UI"), changed);
        return RoundUp(Combine(impact, exploitability, changed) * threat);
    }

    private static double Share(CvssValues values, string metric, string requirement) =>
        1 - (Requirement(values.Of(requirement)) * Impact(values.Modified(metric)));

    private static double Combine(double impact, double exploitability, bool changed) =>
        impact <= 0 ? 0 : RoundUp(Math.Min((changed ? 1.08 : 1) * (impact + exploitability), 10));

    /// <summary>
    /// The smallest tenth that is not below the score, reckoned as version 3.1 prescribes so that no floating-point error makes a tenth more
    /// (specification, appendix A). Version 3.0 leaves the reckoning open; this is what exact arithmetic gives.
    /// </summary>
    private static double RoundUp(double score)
    {
        var hundredThousandths = (long)Math.Round(score * 100000, MidpointRounding.AwayFromZero);
        return hundredThousandths % 10000 == 0 ? hundredThousandths / 100000.0 : ((hundredThousandths / 10000) + 1) / 10.0;
    }

    private static double Exploitability(string vector, string complexity, string privileges, string interaction, bool changed)
    {
        var weight = (privileges, changed) switch
        {
            ("N", _) => 0.85,
            ("L", false) => 0.62,
            ("L", true) => 0.68,
            (_, false) => 0.27,
            _ => 0.5,
        };
        return 8.22 * AttackVector(vector) * (complexity == "L" ? 0.77 : 0.44) * weight * (interaction == "N" ? 0.85 : 0.62);
    }

    private static double AttackVector(string value) => value switch { "N" => 0.85, "A" => 0.62, "L" => 0.55, _ => 0.2 };

    private static double Impact(string value) => value switch { "H" => 0.56, "L" => 0.22, _ => 0 };

    private static double Maturity(string value) => value switch { "F" => 0.97, "P" => 0.94, "U" => 0.91, _ => 1 };

    private static double Remediation(string value) => value switch { "W" => 0.97, "T" => 0.96, "O" => 0.95, _ => 1 };

    private static double Confidence(string value) => value switch { "R" => 0.96, "U" => 0.92, _ => 1 };

    private static double Requirement(string value) => value switch { "H" => 1.5, "L" => 0.5, _ => 1 };
}
