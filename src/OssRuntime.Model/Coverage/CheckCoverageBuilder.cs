using OssRuntime.Model.Inventories;

namespace OssRuntime.Model.Coverage;

/// <summary>
/// Counts what of an image was checked. However many different reasons a hostile image has, the result stays small: beyond <see cref="MostGroups"/> groups the
/// rest of a reason is one group without a subject.
/// </summary>
public sealed class CheckCoverageBuilder
{
    /// <summary>How many groups there are at most, besides one for the rest of each reason.</summary>
    public const int MostGroups = 32;

    /// <summary>How many examples a group has at most.</summary>
    public const int MostExamples = 3;

    private const int LongestText = 160;

    private readonly Dictionary<(UncheckedReason Reason, string Subject), Counted> _groups = [];
    private int _components;
    private int _checked;

    /// <summary>A component that the database could answer for.</summary>
    public void AddChecked()
    {
        _components++;
        _checked++;
    }

    /// <summary>A component that it could not answer for.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="subject">What the reason is about.</param>
    /// <param name="example">The component by name, or null.</param>
    /// <param name="components">How many components it stands for.</param>
    public void AddUnchecked(UncheckedReason reason, string subject, string? example, int components = 1)
    {
        _components += components;
        Of(reason, subject).Add(components, 0, example);
    }

    /// <summary>A file or a part of the image that has no components because it could not be read.</summary>
    public void AddPlace(UncheckedReason reason, string subject, string? example) => Of(reason, subject).Add(0, 1, example);

    /// <summary>What an inventory itself says that it could not read, and that there is nothing in it at all.</summary>
    public void AddGaps(ComponentInventory inventory)
    {
        foreach (var unknown in inventory.Unknowns)
        {
            var what = unknown.Path.Length > 0 ? unknown.Path : unknown.Reason;
            switch (unknown.Kind)
            {
                case UnknownKind.NoPackageDatabase:
                    AddPlace(UncheckedReason.NoPackageDatabase, unknown.Reason, null);
                    break;
                case UnknownKind.NotInstalled:
                    AddPlace(UncheckedReason.PartOfImageUnsupported, "sources or lists of packages that are not installed", what);
                    break;
                case UnknownKind.PartOfImage:
                    AddPlace(UncheckedReason.PartOfImageUnsupported, "", unknown.Reason);
                    break;
                case UnknownKind.DistributionUnknown:
                // Its packages are counted as components.
                case UnknownKind.Attachment:
                    // What the image holds was read without it.
                    break;
                default:
                    AddPlace(UncheckedReason.FilesUnreadable, "", what);
                    break;
            }
        }

        if (inventory.Components.IsEmpty)
        {
            AddPlace(UncheckedReason.NoPackageDatabase, "no package and no known program was found", null);
        }
    }

    /// <summary>What was counted.</summary>
    public CheckCoverage Build() => new(
        _components,
        _checked,
        CheckCoverage.InOrder(_groups.Select(pair => new UncheckedGroup(pair.Key.Reason, pair.Key.Subject, pair.Value.Components, pair.Value.Places, [.. pair.Value.Examples]))));

    private Counted Of(UncheckedReason reason, string subject)
    {
        var key = (reason, Short(subject));
        if (!_groups.TryGetValue(key, out var group))
        {
            key = _groups.Count < MostGroups ? key : (reason, "others");
            if (!_groups.TryGetValue(key, out group))
            {
                _groups[key] = group = new Counted();
            }
        }

        return group;
    }

    // A line stays one line, and its marks stay what they are.
    private static string Short(string text)
    {
        var safe = (text.Any(IsMark) ? string.Concat(text.Select(c => IsMark(c) ? ' ' : c)) : text).Replace(", for example ", ", ", StringComparison.Ordinal).Trim();
        return safe.Length <= LongestText ? safe : safe[..(LongestText - 1)] + "…";
    }

    private static bool IsMark(char c) => char.IsControl(c) || c == '|';

    private sealed class Counted
    {
        public int Components { get; private set; }

        public int Places { get; private set; }

        public SortedSet<string> Examples { get; } = new(StringComparer.Ordinal);

        public void Add(int components, int places, string? example)
        {
            Components += components;
            Places += places;
            if (example is not null && (Examples.Count < MostExamples || string.CompareOrdinal(example, Examples.Max) < 0))
            {
                Examples.Add(Short(example));
                if (Examples.Count > MostExamples)
                {
                    Examples.Remove(Examples.Max!);
                }
            }
        }
    }
}
