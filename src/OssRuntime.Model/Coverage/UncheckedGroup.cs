using System.Globalization;
using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Coverage;

/// <summary>What of an image could not be checked for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Subject">What exactly the reason is about, in words for people: an ecosystem, a distribution; empty where the reason says it all.</param>
/// <param name="Components">How many components it holds for; 0 where it is about something that has no components.</param>
/// <param name="Places">How many files or parts of the image it holds for; 0 where it is about components alone.</param>
/// <param name="Examples">A few of them by name, in order.</param>
public sealed record UncheckedGroup(UncheckedReason Reason, string Subject, int Components, int Places, EquatableArray<string> Examples)
{
    private const string SubjectMark = ": ";
    private const string ExampleMark = ", for example ";
    private const string Separator = " | ";

    /// <summary>What is wrong in a clause: "no advisories for Debian 12 in this database".</summary>
    public string Clause => Reason switch
    {
        UncheckedReason.NoDatabase => "there is no advisory database",
        UncheckedReason.DatabaseStale => $"the advisory database is too old ({Subject})",
        UncheckedReason.EcosystemNotCovered => $"no advisories for {Subject} in this database",
        UncheckedReason.VersionNotComparable => $"versions of {Subject} that cannot be compared with the advisories' ({string.Join(", ", Examples)})",
        UncheckedReason.DistributionUnknown => $"nothing tells of which distribution and release these packages are ({string.Join(", ", Examples)})",
        UncheckedReason.NoPackageDatabase => Subject,
        UncheckedReason.FilesUnreadable => $"{Places} {(Places == 1 ? "file" : "files")} could not be read ({string.Join(", ", Examples)})",
        UncheckedReason.NotMatched => "only an inventory was asked for, nothing was matched",
        _ => $"{(Subject.Length > 0 ? Subject : "a part of the image could not be read")} ({string.Join(", ", Examples)})",
    };

    /// <summary>
    /// The group in one line, which <see cref="TryParse"/> reads back:
    /// <c>EcosystemNotCovered 122 components 0 places: Debian 12, for example pkg:deb/debian/apt@2.6.1</c>.
    /// </summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Reason} {Components} components {Places} places{SubjectMark}{Subject}{(Examples.IsEmpty ? "" : ExampleMark + string.Join(Separator, Examples))}");

    /// <summary>Reads a line that <see cref="ToString"/> wrote; null where it is not one.</summary>
    public static UncheckedGroup? TryParse(string line)
    {
        var mark = line.IndexOf(SubjectMark, StringComparison.Ordinal);
        var words = mark < 0 ? [] : line[..mark].Split(' ');
        if (words is not [var reason, var components, "components", var places, "places"]
            || !Enum.TryParse<UncheckedReason>(reason, out var read)
            || !Enum.IsDefined(read)
            || !int.TryParse(components, NumberStyles.None, CultureInfo.InvariantCulture, out var componentCount)
            || !int.TryParse(places, NumberStyles.None, CultureInfo.InvariantCulture, out var placeCount))
        {
            return null;
        }

        var rest = line[(mark + SubjectMark.Length)..];
        var examples = rest.IndexOf(ExampleMark, StringComparison.Ordinal);
        return examples < 0
            ? new UncheckedGroup(read, rest, componentCount, placeCount, [])
            : new UncheckedGroup(read, rest[..examples], componentCount, placeCount, [.. rest[(examples + ExampleMark.Length)..].Split(Separator)]);
    }
}
