using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Feeds.NodeCore;

/// <summary>
/// What Node's advisories say in npm's range language, of which they use little: lines (<c>8.x</c>, <c>0.12.x</c>, <c>9.7.x</c>), a caret that names the
/// line and the release with the fix (<c>^8.11.3</c>), comparisons (<c>&gt;=6.0.0 &lt;6.2.0</c>, <c>&gt;= 10.9.0</c>, <c>&lt;= 10</c>) and single versions.
/// </summary>
internal static partial class NodeLines
{
    /// <summary>A range for each alternative of <paramref name="vulnerable"/>, ended by the fix of its line, or by the line's own end.</summary>
    public static ImmutableArray<AffectedRange> Ranges(string? vulnerable, string? patched)
    {
        var fixes = Numbers().Matches(patched ?? "").Select(match => match.Value).ToList();
        var ranges = ImmutableArray.CreateBuilder<AffectedRange>();
        foreach (var alternative in (vulnerable ?? "").Split("||", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            ranges.AddRange(Bounds(alternative).Select(bounds => Range(bounds.From, bounds.To, fixes)));
        }

        return ranges.ToImmutable();
    }

    private static AffectedRange Range(string from, string to, List<string> fixes)
    {
        var order = VersionOrders.SemVer;
        var within = fixes.Where(fix => order.Compare(fix, from) >= 0 && order.Compare(fix, to) <= 0).Order(Comparer<string>.Create((l, r) => order.Compare(l, r))).FirstOrDefault();
        return new AffectedRange(
            RangeType.SemVer,
            [
                new RangeEvent(RangeEventType.Introduced, from),
                within is null ? new RangeEvent(RangeEventType.Limit, to) : new RangeEvent(RangeEventType.Fixed, within),
            ]);
    }

    /// <summary>The first version of an alternative, and the first beyond it; of each line in it, where it has several.</summary>
    private static IEnumerable<(string From, string To)> Bounds(string alternative)
    {
        if (Line().Match(alternative) is { Success: true } line)
        {
            var major = line.Groups["major"].Value;
            return line.Groups["minor"] is { Success: true } minor
                ? [($"{major}.{minor.Value}.0", $"{major}.{Next(minor.Value)}.0")]
                : [($"{major}.0.0", $"{Next(major)}.0.0")];
        }

        if (Caret().Match(alternative) is { Success: true } caret)
        {
            return [(caret.Groups["from"].Value, $"{Next(caret.Groups["major"].Value)}.0.0")];
        }

        if (Between().Match(alternative) is { Success: true } between)
        {
            return [(between.Groups["from"].Value, between.Groups["to"].Value)];
        }

        if (UpTo().Match(alternative) is { Success: true } upTo)
        {
            return Enumerable.Range(0, Next(upTo.Groups["major"].Value)).Select(major => ($"{major}.0.0", $"{major + 1}.0.0"));
        }

        return Single().Match(alternative) is { Success: true } single
            ? [(single.Value, $"{single.Groups["line"].Value}.{Next(single.Groups["patch"].Value)}")]
            : [];
    }

    private static int Next(string number) => int.Parse(number, CultureInfo.InvariantCulture) + 1;

    [GeneratedRegex(@"[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^(?<major>[0-9]{1,5})\.(?:(?<minor>[0-9]{1,5})\.)?x\z", RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"^\^(?<from>(?<major>[0-9]{1,5})\.[0-9]{1,5}\.[0-9]{1,5})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Caret();

    [GeneratedRegex(@"^>= ?(?<from>[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}) <(?<to>[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Between();

    [GeneratedRegex(@"^<= ?(?<major>[0-9]{1,2})\z", RegexOptions.NonBacktracking)]
    private static partial Regex UpTo();

    [GeneratedRegex(@"^(?<line>[0-9]{1,5}\.[0-9]{1,5})\.(?<patch>[0-9]{1,5})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Single();
}
