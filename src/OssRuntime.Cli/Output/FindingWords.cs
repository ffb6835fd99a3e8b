using System.Globalization;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Findings in words.</summary>
internal static class FindingWords
{
    /// <summary>Why a finding stands where it stands: malicious, a sign of exploitation, else its severity.</summary>
    public static string Sign(Finding finding)
    {
        if (finding.Severity == Severity.Malicious)
        {
            return "malicious";
        }

        var evidence = PriorityDecider.EvidenceOf(finding);
        return evidence.Exploitation switch
        {
            Exploitation.Active => "exploited",
            Exploitation.PublicPoc when evidence.ExploitationFrom == "EPSS" => $"EPSS {Percent(finding.Epss)}",
            Exploitation.PublicPoc => "exploit public",
            _ => Word(finding.Severity),
        };
    }

    /// <summary>The severities of findings, the worst first: <c>1 critical, 3 high</c>.</summary>
    public static string Severities(IEnumerable<Finding> findings) =>
        string.Join(", ", findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => $"{Number(group.Count())} {Word(group.Key)}"));

    /// <summary>The severity in lower case; <c>unknown</c> where nobody states one.</summary>
    public static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>A share, in whole percent.</summary>
    public static string Percent(double? share) => share is { } known ? $"{(known * 100).ToString("0", CultureInfo.InvariantCulture)}%" : "not known";

    /// <summary>A number with separators between thousands.</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    public static string Count(int number, string one, string many) => $"{Number(number)} {(number == 1 ? one : many)}";

    /// <summary>The style of a sign.</summary>
    public static Style StyleOf(Finding finding) => finding switch
    {
        { Severity: Severity.Malicious } => new Style(Color.White, Color.Red, Decoration.Bold),
        _ when PriorityDecider.EvidenceOf(finding).Exploitation == Exploitation.Active => new Style(Color.Red, decoration: Decoration.Bold),
        { Severity: Severity.Critical } => new Style(Color.Red, decoration: Decoration.Bold),
        { Severity: Severity.High } => new Style(Color.Red),
        { Severity: Severity.Medium } => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
