using System.Collections.Immutable;
using OssRuntime.Cli.Remedies;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>
/// Prints what there is to do in a target: a row for each package and step, the most pressing first. A terminal gets one line a row where all of them fit, else two;
/// a pipe gets fields with tabs between them. What is left out is told in numbers.
/// </summary>
internal sealed class RemedyTable(ReportWriter writer)
{
    private const int Margin = 2;
    private const int Gap = 2;
    private const int MostUpdates = 60;
    private const int MostWithoutFix = 20;

    private static readonly Style Grey = new(Color.Grey);

    /// <summary>Prints the remedies.</summary>
    public void Write(ImmutableArray<Remedy> remedies)
    {
        var steps = remedies.Where(remedy => remedy.Kind != RemedyKind.NoFix).ToImmutableArray();
        var unfixed = remedies.Where(remedy => remedy.Kind == RemedyKind.NoFix).ToImmutableArray();
        Section("What to do first, the most pressing on top", steps, MostUpdates);
        Section(steps.IsEmpty ? "No fix is known for these yet, the most pressing on top" : "No fix is known yet", unfixed, MostWithoutFix);
    }

    private void Section(string title, ImmutableArray<Remedy> remedies, int most)
    {
        if (remedies.IsEmpty)
        {
            return;
        }

        var shown = writer.Layout.All || writer.Layout.IsPiped ? remedies : [.. remedies.Take(most)];
        writer.Break();
        writer.Sentence($"{title}:", new Style(decoration: Decoration.Bold));
        if (writer.Layout.IsPiped)
        {
            WritePiped(shown);
        }
        else
        {
            WriteFitted([.. shown.Select(remedy => new Row(remedy, FindingWords.Sign(remedy.Findings[0]), What(remedy), Settles(remedy)))]);
        }

        if (remedies.Length > shown.Length)
        {
            var left = remedies[shown.Length..];
            writer.Sentence($"… and {FindingWords.Count(left.Length, "package", "packages")} more with {FindingWords.Number(left.Sum(remedy => remedy.Flaws.Count()))} flaws, none more pressing: --all shows them", Grey);
        }
    }

    private void WritePiped(ImmutableArray<Remedy> remedies)
    {
        writer.Fields("WHY", "PACKAGE", "VERSION", "UPDATE TO", "FLAWS", "PLACES");
        foreach (var remedy in remedies)
        {
            var step = remedy.Kind switch { RemedyKind.Remove => "remove it", RemedyKind.Update => remedy.UpdateTo!, _ => "-" };
            writer.Fields(FindingWords.Sign(remedy.Findings[0]), remedy.Package, remedy.Version, step, FlawsOf(remedy), FindingWords.Number(remedy.Components.Count()));
            WriteDetails(remedy);
        }
    }

    private void WriteFitted(ImmutableArray<Row> rows)
    {
        var sign = rows.Max(row => row.Sign.Length);
        var what = rows.Max(row => row.What.Length);
        var isOneLine = Margin + sign + Gap + what + Gap + rows.Max(row => row.Settles.Length) <= writer.Layout.Fold;
        foreach (var row in rows)
        {
            var style = FindingWords.StyleOf(row.Remedy.Findings[0]);
            var padding = new string(' ', sign - row.Sign.Length + Gap);
            if (isOneLine)
            {
                writer.Parts((new string(' ', Margin), null), (row.Sign, style), (padding + row.What.PadRight(what + Gap), null), (row.Settles, Grey));
            }
            else
            {
                writer.Parts((new string(' ', Margin), null), (row.Sign, style), (padding + row.What, null));
                writer.Indented(Margin + sign + Gap, row.Settles, Grey);
            }

            WriteDetails(row.Remedy);
        }
    }

    // Each flaw and each place, on demand.
    private void WriteDetails(Remedy remedy)
    {
        if (!writer.Layout.All)
        {
            return;
        }

        foreach (var component in remedy.Components)
        {
            writer.Indented(2 * Margin, $"in {component.Name} {component.Version}: {component.Location.Path}", Grey);
        }

        foreach (var flaw in remedy.Flaws)
        {
            writer.Indented(2 * Margin, Detail(flaw));
        }
    }

    private static string Detail(Finding flaw)
    {
        var score = flaw.Score is { } known ? $" {known.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)}" : "";
        var sign = flaw.KnownExploited ? ", exploited" : "";
        var epss = flaw.Epss is not null ? $", EPSS {FindingWords.Percent(flaw.Epss)}" : "";
        var fix = flaw.FixedIn is { } version ? $", fixed in {version}" : FixWord(flaw.FixState);
        return $"{flaw.Id} {FindingWords.Word(flaw.Severity)}{score}{sign}{epss}{fix}";
    }

    private static string FixWord(FixState state) => state switch
    {
        FixState.WontFix => ", the publisher will not fix it",
        FixState.EndOfLife => ", the package is no longer supported",
        FixState.UnderInvestigation => ", the publisher has not decided whether it affects",
        FixState.NotFixed => ", the publisher has no fix yet",
        _ => "",
    };

    private static string What(Remedy remedy) => remedy.Kind switch
    {
        RemedyKind.Remove => $"{remedy.Package} {remedy.Version}: remove it",
        RemedyKind.Update => $"{remedy.Package} {remedy.Version} → {remedy.UpdateTo}",
        _ => $"{remedy.Package} {remedy.Version}",
    };

    private static string Settles(Remedy remedy)
    {
        var places = remedy.Components.Count();
        return $"{(remedy.Kind == RemedyKind.Update ? "fixes " : "")}{FlawsOf(remedy)}{(places > 1 ? $"; in {FindingWords.Number(places)} places" : "")}";
    }

    private static string FlawsOf(Remedy remedy)
    {
        var flaws = remedy.Flaws.ToList();
        if (flaws.Count == 1)
        {
            return flaws[0].Id;
        }

        var exploited = flaws.Count(flaw => flaw.KnownExploited);
        return $"{FindingWords.Number(flaws.Count)}: {FindingWords.Severities(flaws)}{(exploited > 0 ? $", of them {FindingWords.Number(exploited)} exploited" : "")}";
    }

    private sealed record Row(Remedy Remedy, string Sign, string What, string Settles);
}
