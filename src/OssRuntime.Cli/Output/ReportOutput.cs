namespace OssRuntime.Cli.Output;

/// <summary>One report that a scan writes.</summary>
/// <param name="Format">How it is written.</param>
/// <param name="Path">The file that it is written to, or null for standard output.</param>
internal sealed record ReportOutput(ReportFormat Format, string? Path)
{
    private const string StandardOutput = "-";

    /// <summary>
    /// Reads what the user wrote: each <c>-o FORMAT=FILE</c> is a report; one <c>-o FILE</c> is where the report of <c>--format</c> goes, which is standard output
    /// where none is given. <c>-</c> is standard output, which only one report can have.
    /// </summary>
    /// <param name="format">What <c>--format</c> says.</param>
    /// <param name="isFormatGiven">True where the user wrote it: what was asked for is never left away.</param>
    /// <param name="outputs">What each <c>--output</c> says.</param>
    /// <returns>The reports, or what is wrong.</returns>
    public static (IReadOnlyList<ReportOutput> Read, string? Error) Parse(ReportFormat format, bool isFormatGiven, IReadOnlyList<string> outputs)
    {
        var reports = new List<ReportOutput>();
        var plain = new List<string>();
        foreach (var text in outputs)
        {
            var mark = text.IndexOf('=', StringComparison.Ordinal);
            if (mark <= 0 || !text[..mark].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                plain.Add(text);
            }
            else if (ReportFormats.Find(text[..mark]) is not { } known)
            {
                return ([], $"--output {text}: '{text[..mark]}' is not a format: the formats are {ReportFormats.Names}. For a file with such a name write ./{text}");
            }
            else if (mark == text.Length - 1)
            {
                return ([], $"--output {text}: the file is missing: write {text}FILE, or {text}- for standard output");
            }
            else
            {
                reports.Add(New(known, text[(mark + 1)..]));
            }
        }

        if (plain.Count > 1)
        {
            return ([], $"--output was given twice without a format ({string.Join(", ", plain)}): write FORMAT=FILE, such as sarif={plain[1]}");
        }

        var isTaken = reports.Exists(report => report.Path is null);
        if (plain.Count == 1 || isFormatGiven || !isTaken)
        {
            reports.Insert(0, New(format, plain is [var path] ? path : StandardOutput));
        }

        return Clash(reports) is { } clash ? ([], clash) : (reports, null);
    }

    private static ReportOutput New(ReportFormat format, string path) => new(format, path == StandardOutput ? null : path);

    private static string? Clash(List<ReportOutput> reports) => reports
        .GroupBy(report => report.Path is null ? StandardOutput : System.IO.Path.GetFullPath(report.Path), StringComparer.Ordinal)
        .Where(same => same.Count() > 1)
        .Select(same => $"{(same.Key == StandardOutput ? "standard output" : same.Key)} can take one report only, and {string.Join(" and ", same.Select(report => ReportFormats.NameOf(report.Format)))} were asked for: write FORMAT=FILE for each")
        .FirstOrDefault();
}
