namespace OssRuntime.Model.Severities;

/// <summary>The score of version 4.0: that of the macro vector, lowered by how far the vector is from its most severe ones (specification, section 8).</summary>
internal static class CvssV4
{
    /// <summary>Keeps what floating point makes slightly too small from being rounded down.</summary>
    private const double Epsilon = 1e-6;

    internal static CvssVector Score(string vector, CvssValues values)
    {
        var hasThreat = values.Has(CvssMetricGroup.Threat);
        return new CvssVector
        {
            Version = CvssVersion.V40,
            Vector = vector,
            BaseScore = Score(new CvssV4Metrics(values, withThreat: false, withEnvironment: false)),
            ThreatScore = hasThreat ? Score(new CvssV4Metrics(values, withThreat: true, withEnvironment: false)) : null,
            EnvironmentalScore = values.Has(CvssMetricGroup.Environmental)
                ? Score(new CvssV4Metrics(values, withThreat: true, withEnvironment: true))
                : null,
        };
    }

    private static double Score(CvssV4Metrics metrics)
    {
        if (metrics.HasNoImpact)
        {
            return 0;
        }

        var levels = metrics.Levels();
        var score = CvssV4MacroVectors.Score(levels);
        var sum = 0.0;
        var count = 0;
        foreach (var (below, distance, depth) in Steps(metrics, levels))
        {
            if (below < 0)
            {
                continue;
            }

            // The share of the way to the next lower macro vector that the vector has gone.
            sum += (score - below) * (distance / (double)depth);
            count++;
        }

        var result = (score - (count == 0 ? 0 : sum / count)) / 10;
        return Math.Round((Math.Clamp(result, 0, 10) + Epsilon) * 10, MidpointRounding.AwayFromZero) / 10;
    }

    /// <summary>For each of the five directions: the score one level lower (-1 where there is none), the distance gone, and the whole depth of the level.</summary>
    private static IEnumerable<(int Below, int Distance, int Depth)> Steps(CvssV4Metrics metrics, CvssV4Levels levels)
    {
        yield return (CvssV4MacroVectors.Score(levels with { Eq1 = levels.Eq1 + 1 }), CvssV4Depths.Distance1(metrics, levels), CvssV4Depths.Depth1(levels));
        yield return (CvssV4MacroVectors.Score(levels with { Eq2 = levels.Eq2 + 1 }), CvssV4Depths.Distance2(metrics, levels), CvssV4Depths.Depth2(levels));
        yield return (BelowImpact(levels), CvssV4Depths.Distance3And6(metrics, levels), CvssV4Depths.Depth3And6(levels));
        yield return (CvssV4MacroVectors.Score(levels with { Eq4 = levels.Eq4 + 1 }), CvssV4Depths.Distance4(metrics, levels), CvssV4Depths.Depth4(levels));
        yield return (CvssV4MacroVectors.Score(levels with { Eq5 = levels.Eq5 + 1 }), 0, 1);
    }

    /// <summary>EQ3 and EQ6 depend on each other and go down together; where either may, the higher score counts.</summary>
    private static int BelowImpact(CvssV4Levels levels)
    {
        var third = CvssV4MacroVectors.Score(levels with { Eq3 = levels.Eq3 + 1 });
        var sixth = CvssV4MacroVectors.Score(levels with { Eq6 = levels.Eq6 + 1 });
        return Math.Max(third, sixth);
    }
}
