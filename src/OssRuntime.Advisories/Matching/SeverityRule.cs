using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Reading;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Matching;

/// <summary>The one rule by which a finding gets its severity (docs/database.md, "Severity").</summary>
internal static class SeverityRule
{
    /// <summary>The severity for a flaw that these rows state.</summary>
    public static ChosenSeverity Choose(AdvisoryDatabase database, FlawRecord flaw, List<MatchedRow> rows)
    {
        var severity = Severity.Unknown;
        var reason = "";
        foreach (var row in rows)
        {
            var word = SeverityWords.Parse(row.SeverityWord);
            if (word > severity)
            {
                (severity, reason) = (word, $"'{row.SeverityWord}' by {row.Id} of {row.Source}: no source gives a vector");
            }
        }

        return new ChosenSeverity(severity, null, null, reason);
    }
}
