using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Policy.Priorities;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Prints a scan for people: per target what it is, what is dangerous in it (the most pressing first), what is past its support.</summary>
internal static class TableReport
{
    public static void Write(IAnsiConsole console, DatabaseSummary? database, IReadOnlyList<ScanOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            WriteTarget(console, database, outcome);
        }
    }

    private static void WriteTarget(IAnsiConsole console, DatabaseSummary? database, ScanOutcome outcome)
    {
        console.WriteLine();
        console.Write(new Text(TerminalText.Safe(outcome.Target), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        if (outcome.Inventory is not { } inventory)
        {
            console.Write(new Text($"  {outcome.FailureReason}: {TerminalText.Safe(outcome.FailureMessage ?? "")}", new Style(Color.Red)));
            console.WriteLine();
            foreach (var verdict in outcome.Verdicts)
            {
                VerdictReport.Write(console, verdict);
            }

            return;
        }

        WriteChecked(console, database, outcome.Checked!);
        var ecosystems = inventory.Components
            .GroupBy(component => component.Ecosystem.ToString(), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Key} {group.Count()}");
        Line(console, "system", SystemOf(inventory));
        Line(console, "components", $"{inventory.Components.Length} ({string.Join(", ", ecosystems)})");
        Line(console, "read from", $"{inventory.Source}{(inventory.Digest is { } digest ? $" of {digest}" : "")}");
        if (inventory.Base is { } image)
        {
            Line(console, "base image", BaseText(inventory, image));
        }

        if (inventory.Declaration is { } declaration)
        {
            Line(console, "sbom", DeclarationText(declaration));
        }

        foreach (var unknown in inventory.Unknowns)
        {
            Line(console, "unknown", $"{unknown.Path}: {unknown.Reason}");
        }

        if (database is null)
        {
            WriteComponents(console, inventory);
            return;
        }

        WriteLifecycles(console, outcome);
        WriteFindings(console, outcome);
        foreach (var verdict in outcome.Verdicts)
        {
            VerdictReport.Write(console, verdict);
        }
    }

    /// <summary>What was checked and what was not comes first: what follows says nothing about the rest.</summary>
    private static void WriteChecked(IAnsiConsole console, DatabaseSummary? database, CheckCoverage coverage)
    {
        var ages = database is null ? "" : $" ({database.Age})";
        var style = coverage.State switch
        {
            CheckState.Complete => database is { IsOld: true } ? new Style(Color.Yellow) : Style.Plain,
            CheckState.Partly => new Style(Color.Yellow),
            _ => new Style(Color.Red, decoration: Decoration.Bold),
        };
        console.Write(new Text($"  {TerminalText.Safe(coverage.Sentence)}{ages}", style));
        console.WriteLine();
    }

    private static void WriteComponents(IAnsiConsole console, ComponentInventory inventory)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns("Component", "Version", "Ecosystem", "Where");
        foreach (var component in inventory.Components)
        {
            table.AddRow(Cell(component.Name), Cell(component.Version), Cell(component.Ecosystem.ToString()), Cell(component.Location.Path));
        }

        console.Write(table);
        Line(console, "findings", "not looked for: this is an inventory only");
    }

    private static string SystemOf(ComponentInventory inventory) =>
        inventory.OsRelease is { } release ? release.PrettyName ?? $"{release.Id} {release.VersionId}".TrimEnd() : "unknown (no os-release file)";

    private static string BaseText(ComponentInventory inventory, BaseImage image)
    {
        var brought = inventory.Components.Count(component => inventory.IsFromBase(component) == true);
        return $"{image.Name ?? "unnamed, found by the image's history"}: contributes {brought} of {inventory.Components.Length} components";
    }

    private static string DeclarationText(SbomComparison declaration)
    {
        var trust = declaration.VerifiedBy is { } signer ? $"verified by {signer}" : declaration.Used ? "not verified" : "not verified and not used";
        var compared = declaration.Compared
            ? $"{declaration.LeftOut.Length} components missing in it, {declaration.Added.Length} only in it, {declaration.Different.Length} with another version"
            : "not compared with the files";
        return $"{declaration.Name} ({declaration.Format}, {trust}): {compared}";
    }

    private static void WriteLifecycles(IAnsiConsole console, ScanOutcome outcome)
    {
        foreach (var status in outcome.Lifecycles.Where(status => status.State is LifecycleState.EndOfLife or LifecycleState.SecurityOnly))
        {
            var word = status.State == LifecycleState.EndOfLife ? "end of life" : "security only";
            var date = status.EndOfLife is { } day ? $"{(status.State == LifecycleState.EndOfLife ? "since" : "until")} {day:yyyy-MM-dd}" : "";
            Line(console, word, $"{status.Product} {status.Cycle} {date} ({status.Subject})");
        }
    }

    private static void WriteFindings(IAnsiConsole console, ScanOutcome outcome)
    {
        var affected = outcome.Findings.Where(finding => finding.Status == FindingStatus.Affected).Order(PressingOrder.Instance).ToList();
        WriteSetAside(console, outcome);
        if (affected.Count == 0)
        {
            Line(console, "findings", NoneOf(outcome.Checked!));
            return;
        }

        var table = new Table().Border(TableBorder.Minimal).AddColumns("Severity", "Advisory", "Component", "Version", "Fixed in", "Known", "Where");
        table.Columns[0].NoWrap();
        table.Columns[1].NoWrap();
        foreach (var finding in affected)
        {
            table.AddRow(
                new Text(finding.Severity.ToString(), StyleOf(finding.Severity)),
                Cell(finding.Id),
                Cell(finding.Component.Name),
                Cell(finding.Component.Version),
                Cell(finding.FixedIn ?? "-"),
                Cell(KnownOf(finding)),
                Cell(finding.Component.Location.Path));
        }

        console.Write(table);
        var counts = affected.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {group.Key}");
        Line(console, "findings", $"{affected.Count}: {string.Join(", ", counts)}");
    }

    private static string NoneOf(CheckCoverage coverage) => coverage.State switch
    {
        CheckState.Complete => $"none in {coverage.Components} components, all of which were checked",
        CheckState.Partly => $"none in the {coverage.Checked} of {coverage.Components} components that were checked; nothing is known about the rest",
        _ => "not known: nothing was checked",
    };

    /// <summary>What is in no table is told in a line: silence would look like ignorance.</summary>
    private static void WriteSetAside(IAnsiConsole console, ScanOutcome outcome)
    {
        var aside = outcome.Findings
            .Where(finding => finding.Status != FindingStatus.Affected)
            .CountBy(finding => finding.Status)
            .OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Value} {Words(pair.Key)}")
            .ToList();
        if (aside.Count > 0)
        {
            Line(console, "set aside", $"{string.Join(", ", aside)} (the JSON report says by whom)");
        }
    }

    private static string Words(FindingStatus status) => status switch
    {
        FindingStatus.NotAffected => "not affected",
        FindingStatus.Fixed => "fixed",
        FindingStatus.UnderInvestigation => "under investigation",
        _ => "affected",
    };

    private static string KnownOf(Finding finding) =>
        finding.KnownExploited ? "exploited" : finding.Epss is { } epss and >= 0.01 ? $"EPSS {epss:P0}" : "";

    private static Text Cell(string text) => new(TerminalText.Safe(text));

    private static void Line(IAnsiConsole console, string label, string text)
    {
        console.Write(new Text($"  {label,-14}", new Style(Color.Grey)));
        console.Write(Cell(text));
        console.WriteLine();
    }

    private static Style StyleOf(Severity severity) => severity switch
    {
        Severity.Malicious => new Style(Color.White, Color.Red, Decoration.Bold),
        Severity.Critical => new Style(Color.Red, decoration: Decoration.Bold),
        Severity.High => new Style(Color.Red),
        Severity.Medium => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
