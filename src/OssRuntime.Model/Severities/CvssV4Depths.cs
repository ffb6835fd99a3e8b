namespace OssRuntime.Model.Severities;

/// <summary>
/// How far a vector is from the most severe one of its macro vector, and how deep the macro vector is, both counted in steps of single metrics
/// (specification, section 8.2, "Scoring using Macro Vectors" and its tables of highest severity vectors and depths).
/// </summary>
internal static class CvssV4Depths
{
    private static readonly int[][][] Highest1 = [[[0, 0, 0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[3, 0, 0], [1, 1, 1]]];

    private static readonly int[][][] Highest2 = [[[0, 0]], [[1, 0], [0, 1]]];

    /// <summary>By EQ3 and EQ6: 00, 01, 10, 11, 20 (which does not exist), 21.</summary>
    private static readonly int[][][] Highest3And6 =
    [
        [[0, 0, 0, 0, 0, 0]],
        [[0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]],
        [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
        [[1, 0, 1, 0, 1, 0], [1, 0, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1], [0, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 1]],
        [],
        [[1, 1, 1, 0, 0, 0]],
    ];

    private static readonly int[][][] Highest4 = [[[1, 0, 0]], [[1, 1, 1]], [[2, 2, 2]]];

    private static ReadOnlySpan<byte> Depths1 => [1, 4, 5];

    private static ReadOnlySpan<byte> Depths2 => [1, 2];

    private static ReadOnlySpan<byte> Depths3And6 => [7, 6, 8, 8, 1, 10];

    private static ReadOnlySpan<byte> Depths4 => [6, 5, 4];

    internal static int Depth1(CvssV4Levels levels) => Depths1[levels.Eq1];

    internal static int Depth2(CvssV4Levels levels) => Depths2[levels.Eq2];

    internal static int Depth3And6(CvssV4Levels levels) => Depths3And6[(2 * levels.Eq3) + levels.Eq6];

    internal static int Depth4(CvssV4Levels levels) => Depths4[levels.Eq4];

    internal static int Distance1(CvssV4Metrics metrics, CvssV4Levels levels) => Distance(metrics.Exploitability, Highest1[levels.Eq1]);

    internal static int Distance2(CvssV4Metrics metrics, CvssV4Levels levels) => Distance(metrics.Complexity, Highest2[levels.Eq2]);

    internal static int Distance3And6(CvssV4Metrics metrics, CvssV4Levels levels) =>
        Distance(metrics.Impact, Highest3And6[(2 * levels.Eq3) + levels.Eq6]);

    internal static int Distance4(CvssV4Metrics metrics, CvssV4Levels levels) => Distance(metrics.Subsequent, Highest4[levels.Eq4]);

    /// <summary>The distance to the first of the highest vectors that is nowhere milder.</summary>
    private static int Distance(int[] metrics, int[][] highest)
    {
        foreach (var vector in highest)
        {
            var distance = 0;
            for (var i = 0; i < metrics.Length && distance >= 0; i++)
            {
                distance = metrics[i] < vector[i] ? -1 : distance + metrics[i] - vector[i];
            }

            if (distance >= 0)
            {
                return distance;
            }
        }

        return 0;
    }
}
