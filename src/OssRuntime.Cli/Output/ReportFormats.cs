namespace OssRuntime.Cli.Output;

/// <summary>What the formats of reports are called on the command line, in any case.</summary>
internal static class ReportFormats
{
    private static readonly (string Name, ReportFormat Format)[] All =
    [
        ("table", ReportFormat.Table),
        ("json", ReportFormat.Json),
        ("sarif", ReportFormat.Sarif),
        ("markdown", ReportFormat.Markdown),
        ("junit", ReportFormat.JUnit),
        ("html", ReportFormat.Html),
        ("openreports", ReportFormat.OpenReports),
        ("cyclonedx", ReportFormat.CycloneDx),
        ("cyclonedx-vex", ReportFormat.CycloneDxVex),
        ("spdx", ReportFormat.Spdx),
        ("spdx3", ReportFormat.Spdx3),
    ];

    /// <summary>All names, for people.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(entry => entry.Name));

    /// <summary>All names.</summary>
    public static IEnumerable<string> List => All.Select(entry => entry.Name);

    /// <summary>The format of that name, or null.</summary>
    public static ReportFormat? Find(string name) =>
        All.Where(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(entry => (ReportFormat?)entry.Format).FirstOrDefault();

    /// <summary>What the format is called.</summary>
    public static string NameOf(ReportFormat format) => Array.Find(All, entry => entry.Format == format).Name;
}
