using System.Globalization;
using System.Text;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>Takes down what is measured, as Markdown, with the bar that it is held to.</summary>
internal sealed class Report
{
    private readonly StringBuilder _tables = new();
    private readonly List<(string Bar, double Limit, string Where, double Measured, string Unit)> _bars = [];

    /// <summary>The machine's load of the last minute: figures taken at different loads are not to be compared.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Begins a table.</summary>
    public void Table(string heading, string method, params string[] columns)
    {
        Line("");
        Line($"## {heading}");
        Line(method);
        Line("");
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    /// <summary>Adds a row to the table.</summary>
    public void Row(params string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    /// <summary>Holds a figure against its bar.</summary>
    public void Hold(string bar, double limit, string where, double measured, string unit = "") => _bars.Add((bar, limit, where, measured, unit));

    /// <summary>Holds the geometric mean of figures against its bar.</summary>
    public void HoldMean(string bar, double limit, IReadOnlyCollection<double> measured)
    {
        if (measured.Count > 1)
        {
            Hold(bar, limit, $"geometric mean of {measured.Count}", Math.Exp(measured.Average(Math.Log)));
        }
    }

    /// <summary>All of it: the bars first, each with its worst case, then the tables.</summary>
    public string Text(string began)
    {
        var text = new StringBuilder();
        text.AppendLine("# Inventories: measured");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Begun {began} on {Machine()}; written by `dotnet run --project tests/OssRuntime.Benchmarks -c Release -- inventory`.");
        text.AppendLine();
        text.AppendLine("Whole processes, native code, images as OCI layouts on disk with a warm page cache. CPU is user and system time of the process and its threads;");
        text.AppendLine("a ratio is the median of the ratios of runs that followed one another (A B C A B C …) after one round to warm up.");
        text.AppendLine();
        text.AppendLine("| figure | bar | worst case | measured | |");
        text.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var bar in _bars.GroupBy(bar => (bar.Bar, bar.Limit)))
        {
            var worst = bar.MaxBy(measured => measured.Measured);
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {worst.Bar} | ≤ {worst.Limit} {worst.Unit} | {worst.Where} | {worst.Measured:0.###} {worst.Unit} | {(worst.Measured <= worst.Limit ? "met" : "**not met**")} |");
        }

        return text.Append(_tables).ToString();
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim();
        return $"{Environment.ProcessorCount} cores ({model}), .NET {Environment.Version}, load {Load} at the end";
    }

    private void Line(string line)
    {
        _tables.AppendLine(line);
        Console.Error.WriteLine(line);
    }
}
