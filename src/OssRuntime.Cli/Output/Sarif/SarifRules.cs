using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output.Sarif;

/// <summary>The rules of a run: one for each flaw that was found, and one for each reason why something was not checked.</summary>
internal sealed class SarifRules
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly ImmutableArray<Gap> _gaps;
    private readonly ImmutableArray<ImmutableArray<Finding>> _flaws;

    private SarifRules(ImmutableArray<Gap> gaps, ImmutableArray<ImmutableArray<Finding>> flaws)
    {
        (_gaps, _flaws) = (gaps, flaws);
        foreach (var id in gaps.Select(IdOf).Concat(flaws.Select(same => IdOf(same[0]))))
        {
            _indexes[id] = _indexes.Count;
        }
    }

    /// <summary>The rules that these results need.</summary>
    public static SarifRules Of(IEnumerable<Gap> gaps, IEnumerable<Finding> findings) => new(
        [.. gaps.Where(gap => gap.Kind != GapKind.Hidden).DistinctBy(IdOf)],
        [.. findings.GroupBy(IdOf, StringComparer.Ordinal).Select(same => same.ToImmutableArray())]);

    /// <summary>The rule's id.</summary>
    public static string IdOf(Gap gap) => gap.Kind switch
    {
        GapKind.NotRead => $"not-read/{gap.Reason}",
        GapKind.Hidden or GapKind.LeftOut => $"not-shown/{gap.Reason}",
        _ => $"not-checked/{gap.Reason}",
    };

    /// <summary>The rule's id: the flaw's.</summary>
    public static string IdOf(Finding finding) => SarifLimits.Cut(finding.Id, SarifLimits.Name);

    /// <summary>Where the rule stands in the list.</summary>
    public int IndexOf(string id) => _indexes[id];

    public void Write(Utf8JsonWriter json, AdvisoryReferences? references)
    {
        json.WriteStartArray("rules");
        foreach (var gap in _gaps)
        {
            Write(json, gap);
        }

        foreach (var same in _flaws)
        {
            SarifRule.Write(json, same, references?.Of(same[0]) ?? []);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Gap gap)
    {
        var text = gap.Kind switch
        {
            GapKind.NotRead => "A target could not be read: nothing is known of it.",
            GapKind.LeftOut => "Not all findings are in this file.",
            GapKind.OldDatabase => "The advisory database is old: flaws that were published since are not found.",
            _ => "Something was not checked: that nothing was found in it says nothing.",
        };
        json.WriteStartObject();
        json.WriteString("id", IdOf(gap));
        json.WriteString("name", gap.Kind == GapKind.NotRead ? "NotRead" : "NotChecked");
        SarifRule.WriteText(json, "shortDescription", text);
        SarifRule.WriteText(json, "fullDescription", text);
        SarifRule.WriteText(json, "help", $"{text} The reason is {gap.Reason}. The results name what it is about.");
        SarifRule.WriteProperties(json, gap.Kind == GapKind.NotRead ? "error" : "warning", null, "high", ["security", "coverage"]);
        json.WriteEndObject();
    }
}
