namespace OssRuntime.Model.Severities;

/// <summary>
/// The metrics of a version 4.0 vector as numbers, 0 being the most severe, with or without its threat and environment. What says nothing counts as the
/// worst (specification, section 8.1).
/// </summary>
internal sealed class CvssV4Metrics
{
    private const int Safety = 0;
    private const int SubsequentHigh = 1;
    private const int SubsequentNone = 3;
    private const int None = 2;

    internal CvssV4Metrics(CvssValues values, bool withThreat, bool withEnvironment)
    {
        string Value(string name) => withEnvironment ? values.Modified(name) : values.Of(name);
        int Requirement(string name) => withEnvironment ? Math.Max(0, "HML".IndexOf(values.Of(name)[0], StringComparison.Ordinal)) : 0;

        Exploitability = [Level("NALP", Value("AV")), Level("NLH", Value("PR")), Level("NPA", Value("UI"))];
        Complexity = [Level("LH", Value("AC")), Level("NP", Value("AT"))];
        Impact = [Level("HLN", Value("VC")), Level("HLN", Value("VI")), Level("HLN", Value("VA")), Requirement("CR"), Requirement("IR"), Requirement("AR")];
        Subsequent = [Level("SHLN", Value("SC")), Level("SHLN", Value("SI")), Level("SHLN", Value("SA"))];
        Maturity = withThreat ? Math.Max(0, "APU".IndexOf(values.Of("E")[0], StringComparison.Ordinal)) : 0;
    }

    /// <summary>AV, PR, UI.</summary>
    internal int[] Exploitability { get; }

    /// <summary>AC, AT.</summary>
    internal int[] Complexity { get; }

    /// <summary>VC, VI, VA, and the requirements CR, IR, AR.</summary>
    internal int[] Impact { get; }

    /// <summary>SC, SI, SA: safety, high, low, none.</summary>
    internal int[] Subsequent { get; }

    /// <summary>E.</summary>
    internal int Maturity { get; }

    /// <summary>True where nothing is harmed: the score is 0.</summary>
    internal bool HasNoImpact => Array.TrueForAll(Impact[..3], level => level == None) && Array.TrueForAll(Subsequent, level => level == SubsequentNone);

    /// <summary>The macro vector (specification, tables 24 to 29).</summary>
    internal CvssV4Levels Levels()
    {
        var easy = Array.FindAll(Exploitability, level => level == 0).Length;
        var isPhysical = Exploitability[0] == 3;
        var eq1 = easy == 3 ? 0 : easy > 0 && !isPhysical ? 1 : 2;
        var eq2 = Complexity[0] == 0 && Complexity[1] == 0 ? 0 : 1;
        var eq3 = Impact[0] == 0 && Impact[1] == 0 ? 0 : Array.IndexOf(Impact, 0, 0, 3) >= 0 ? 1 : 2;
        var eq4 = Subsequent[1] == Safety || Subsequent[2] == Safety ? 0 : Array.IndexOf(Subsequent, SubsequentHigh) >= 0 ? 1 : 2;
        var isRequired = false;
        for (var i = 0; i < 3; i++)
        {
            isRequired |= Impact[i] == 0 && Impact[i + 3] == 0;
        }

        return new CvssV4Levels(eq1, eq2, eq3, eq4, Maturity, isRequired ? 0 : 1);
    }

    private static int Level(string order, string value) => order.IndexOf(value[0], StringComparison.Ordinal);
}
