using System.Collections.Immutable;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Policies;

/// <summary>
/// The lines that stand for an image's hits. There is room for so many: first comes one line of every rule, those that deny before the others, then more
/// of each in turn. A policy of which a rule found no room is named, so that nobody takes its silence for a verdict.
/// </summary>
/// <param name="Lines">The lines.</param>
/// <param name="CutPolicies">The policies whose hits are not all told.</param>
internal sealed record HitLines(ImmutableArray<string> Lines, ImmutableArray<string> CutPolicies)
{
    private const int MostLines = 200;
    private const int MostOfRule = 20;

    /// <summary>Chooses and writes.</summary>
    /// <param name="hits">What breaks rules.</param>
    /// <param name="before">The lines of before: what is still there keeps the time since when it is.</param>
    /// <param name="now">The time of what is new.</param>
    /// <param name="budgetBytes">The room.</param>
    public static HitLines Of(ImmutableArray<RuleHit> hits, ImmutableArray<string> before, DateTimeOffset now, int budgetBytes)
    {
        var since = HitLine.Parse(before).GroupBy(line => (line.Policy, line.Rule, line.Text)).ToDictionary(group => group.Key, group => group.First().Since);
        var ordered = hits.OrderByDescending(hit => hit.Rule.Action).ThenBy(hit => hit.Policy, StringComparer.Ordinal).ThenBy(hit => hit.Rule.Name, StringComparer.Ordinal).ToList();
        var told = new int[ordered.Count];
        var (room, lines) = (budgetBytes, new List<HitLine>());
        for (var round = 0; round < MostOfRule; round++)
        {
            for (var i = 0; i < ordered.Count; i++)
            {
                if (told[i] == round && ordered[i].Items.Length > round && lines.Count < MostLines && TryTell(ordered[i], round))
                {
                    told[i]++;
                }
            }
        }

        var more = ordered.Select((hit, i) => (hit.Policy, hit.Rule.Name, More: hit.More + hit.Items.Length - told[i])).ToDictionary(entry => (entry.Policy, entry.Name), entry => entry.More);
        var seen = new HashSet<(string, string)>();
        return new HitLines(
            // The first line of a rule tells how many there are besides.
            [.. lines.Select(line => (line with { More = seen.Add((line.Policy, line.Rule)) ? more[(line.Policy, line.Rule)] : 0 }).Write())],
            [.. ordered.Where((_, i) => told[i] == 0).Select(hit => hit.Policy).Distinct(StringComparer.Ordinal)]);

        bool TryTell(RuleHit hit, int item)
        {
            var line = HitLine.Of(hit, hit.Items[item]);
            line = line with { Since = since.GetValueOrDefault((line.Policy, line.Rule, line.Text)) ?? Seconds(now) };
            // The count of more is not known yet, and the list has a comma, quotes and escapes.
            var bytes = line.Write().Length * 5 / 4;
            if (bytes > room)
            {
                return false;
            }

            room -= bytes;
            lines.Add(line);
            return true;
        }
    }

    private static DateTimeOffset Seconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
