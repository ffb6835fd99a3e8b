using OssRuntime.Cli.Remedies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>
/// Prints a scan for people: per target what was checked and what was not, what it is, what is past its support, and what there is to do. Single findings and paths are
/// shown on demand.
/// </summary>
internal sealed class TableReport(ReportWriter writer)
{
    private const int MostUnknowns = 10;
    private const int MostLifecycles = 20;

    private bool All => writer.Layout.All;

    /// <summary>Prints all targets.</summary>
    public void Write(DatabaseSummary? database, IReadOnlyList<ScanOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            WriteTarget(database, outcome);
        }
    }

    private void WriteTarget(DatabaseSummary? database, ScanOutcome outcome)
    {
        writer.Break();
        writer.Title(outcome.Target);
        var verdicts = new VerdictReport(writer);
        if (outcome.Inventory is not { } inventory)
        {
            writer.Sentence($"{outcome.FailureReason}: {outcome.FailureMessage}", new Style(Color.Red));
            verdicts.Write(outcome.Verdicts);
            return;
        }

        WriteChecked(database, outcome.Checked!);
        WriteInventory(inventory);
        if (database is null)
        {
            WriteComponents(inventory);
            return;
        }

        WriteLifecycles(outcome);
        WriteFindings(outcome);
        verdicts.Write(outcome.Verdicts);
    }

    /// <summary>What was checked and what was not comes first: what follows says nothing about the rest.</summary>
    private void WriteChecked(DatabaseSummary? database, CheckCoverage coverage)
    {
        var ages = database is null ? "" : $" ({database.Age})";
        var style = coverage.State switch
        {
            CheckState.Complete => database is { IsOld: true } ? new Style(Color.Yellow) : Style.Plain,
            CheckState.Partly => new Style(Color.Yellow),
            _ => new Style(Color.Red, decoration: Decoration.Bold),
        };
        writer.Sentence($"{coverage.Sentence}{ages}", style);
    }

    private void WriteInventory(ComponentInventory inventory)
    {
        var ecosystems = inventory.Components
            .GroupBy(component => component.Ecosystem.ToString(), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .Select(group => $"{group.Key} {group.Count()}");
        writer.Line("system", SystemOf(inventory));
        writer.Line("components", $"{inventory.Components.Length} ({string.Join(", ", ecosystems)})");
        writer.Line("read from", $"{inventory.Source}{(inventory.Digest is { } digest ? $" of {digest}" : "")}");
        if (inventory.Base is { } image)
        {
            writer.Line("base image", BaseText(inventory, image));
        }

        if (inventory.Declaration is { } declaration)
        {
            writer.Line("sbom", DeclarationText(declaration));
        }

        Some(inventory.Unknowns, MostUnknowns, "unknown", unknown => writer.Line("unknown", $"{unknown.Path}: {unknown.Reason}"));
    }

    private void WriteComponents(ComponentInventory inventory)
    {
        writer.Break();
        foreach (var component in inventory.Components)
        {
            if (writer.Layout.IsPiped)
            {
                writer.Fields(component.Name, component.Version, component.Ecosystem.ToString(), component.Location.Path);
            }
            else
            {
                writer.Parts(($"  {component.Name} {component.Version}", null), ($"  {component.Ecosystem}  {(All ? component.Location.Path : "")}".TrimEnd(), new Style(Color.Grey)));
            }
        }

        writer.Line("findings", "not looked for: this is an inventory only");
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

    private void WriteLifecycles(ScanOutcome outcome)
    {
        var ended = outcome.Lifecycles.Where(status => status.State is LifecycleState.EndOfLife or LifecycleState.SecurityOnly).ToList();
        Some(ended, MostLifecycles, "past or near their end of life", status =>
        {
            var word = status.State == LifecycleState.EndOfLife ? "end of life" : "security only";
            var date = status.EndOfLife is { } day ? $" {(status.State == LifecycleState.EndOfLife ? "since" : "until")} {day:yyyy-MM-dd}" : "";
            writer.Line(word, $"{status.Product} {status.Cycle}{date} ({status.Subject})");
        });
    }

    private void WriteFindings(ScanOutcome outcome)
    {
        var affected = ScanWords.Affected([outcome]).ToList();
        WriteSetAside(outcome);
        if (outcome.Ignored > 0)
        {
            writer.Line("ignored", $"{FindingWords.Count(outcome.Ignored, "finding", "findings")} by --ignore; gates do not judge them");
        }

        if (outcome.Known > 0)
        {
            writer.Line("known", $"{FindingWords.Count(outcome.Known, "finding", "findings")} of the baseline; gates judge what is new");
        }

        if (outcome.Hidden > 0)
        {
            writer.Line("hidden", $"{FindingWords.Count(outcome.Hidden, "finding", "findings")} by {outcome.HiddenBy}; gates judge them too");
        }

        if (affected.Count == 0)
        {
            writer.Line("findings", outcome.LeftOut > 0 ? "no others" : NoneOf(outcome.Checked!));
            return;
        }

        var remedies = RemedyList.Of(affected);
        var flaws = affected.DistinctBy(finding => finding.Id).ToList();
        var packages = remedies.DistinctBy(remedy => (remedy.Ecosystem, remedy.Package, remedy.Version)).Count();
        writer.Line(
            "findings",
$"{FindingWords.Count(flaws.Count, "flaw", "flaws")} in {FindingWords.Count(packages, "package", "packages")}{(affected.Count > flaws.Count ? $" ({FindingWords.Number(affected.Count)} findings)" : "")}: {FindingWords.Severities(flaws)}; {FindingWords.Number(flaws.Count(flaw => flaw.KnownExploited))} exploited, {FindingWords.Number(flaws.Count(flaw => flaw.FixedIn is not null))} with a fix");
        new RemedyTable(writer).Write(remedies);
        writer.Break();
    }

    private static string NoneOf(CheckCoverage coverage) => coverage.State switch
    {
        CheckState.Complete => $"none in {coverage.Components} components, all of which were checked",
        CheckState.Partly => $"none in the {coverage.Checked} of {coverage.Components} components that were checked; nothing is known about the rest",
        _ => "not known: nothing was checked",
    };

    /// <summary>What is in no table is told in a line: silence would look like ignorance.</summary>
    private void WriteSetAside(ScanOutcome outcome)
    {
        var aside = outcome.Findings
            .Where(finding => finding.Status != FindingStatus.Affected)
            .CountBy(finding => finding.Status)
            .OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Value} {Words(pair.Key)}")
            .ToList();
        if (aside.Count > 0)
        {
            writer.Line("set aside", $"{string.Join(", ", aside)} (the JSON report says by whom)");
        }
    }

    private static string Words(FindingStatus status) => status switch
    {
        FindingStatus.NotAffected => "not affected",
        FindingStatus.Fixed => "fixed",
        FindingStatus.UnderInvestigation => "under investigation",
        _ => "affected",
    };

    // The first of many lines; how many are left out is told.
    private void Some<T>(IReadOnlyList<T> items, int most, string what, Action<T> write)
    {
        var shown = All ? items.Count : Math.Min(most, items.Count);
        for (var i = 0; i < shown; i++)
        {
            write(items[i]);
        }

        if (items.Count > shown)
        {
            writer.Line("…", $"{FindingWords.Number(items.Count - shown)} more {what}: --all shows them");
        }
    }
}
