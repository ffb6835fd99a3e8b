using System.Buffers;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>A component's version as rows are judged by it: its text, and the orders that accept it.</summary>
internal sealed class ComparedVersion
{
    private const int Longest = 512;

    /// <summary>The order in which versions from before PEP 440 come before all others, whatever number they begin with; and the first of the others.</summary>
    private const string WithLegacy = "pep440";
    private const string FirstOfAll = "0.dev0";

    private static readonly SearchValues<byte> Numbers = SearchValues.Create("0123456789."u8);

    private readonly IVersionOrder? _ecosystem;
    private readonly IVersionOrder? _semantic;
    private readonly string _compared;
    private readonly bool _hasLegacy;
    private readonly int _leading;

    /// <summary>A version in an ecosystem's order; null where the ecosystem has none, which leaves ranges of type SEMVER.</summary>
    public ComparedVersion(string text, IVersionOrder? order)
    {
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        _compared = order is null ? text : LenientVersion.Of(text, order);
        _hasLegacy = order?.Name == WithLegacy;
        _leading = _hasLegacy && order!.Compare(_compared, FirstOfAll) < 0 ? LeadingNumber.None
            : ReferenceEquals(_compared, text) ? LeadingNumber.Of(Utf8)
            : LeadingNumber.Of(Encoding.UTF8.GetBytes(_compared));
        Refusal = order is null ? "no order of this ecosystem's versions is known" : order.Refuse(_compared);
        _ecosystem = Refusal is null ? order : null;
        _semantic = order is null ? (VersionOrders.SemVer.Refuse(text) is null ? VersionOrders.SemVer : null) : _ecosystem;
    }

    /// <summary>
    /// The order of a component's versions: that of its ecosystem, or for a distribution that has none by name, that of its kind of package.
    /// </summary>
    public static IVersionOrder? OrderOf(Component component) => VersionOrders.For(component.Ecosystem) ?? VersionOrders.ForName(component.Purl.Type);

    /// <summary>The order of a program's versions where it is asked for in another ecosystem than its own.</summary>
    public static IVersionOrder? OrderOf(Component component, string ecosystem) =>
        ecosystem is PackageQueries.Bitnami or CpeAffected.Ecosystem ? VersionOrders.ForName(ecosystem) : OrderOf(component);

    /// <summary>The version.</summary>
    public string Text { get; }

    /// <summary>The version in the encoding of the file.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Why it cannot be compared, or null.</summary>
    public string? Refusal { get; }

    /// <summary>
    /// True where the version begins with a greater number than a row's ceiling, and so is in no range and no list of it; false for one that cannot be
    /// compared, about which a row may have to say so.
    /// </summary>
    public bool IsAbove(ushort ceiling) => ceiling != RowHead.NoCeiling && _leading > ceiling && Refusal is null;

    /// <summary>The order for a range, or null where the version cannot be compared in it.</summary>
    public IVersionOrder? OrderFor(RangeType type) => type == RangeType.SemVer ? _semantic : _ecosystem;

    /// <summary>How this version compares with one that is listed.</summary>
    public bool Equals(ReadOnlySpan<char> listed, IVersionOrder order) => order.Compare(_compared, listed) == 0 && order.Refuse(listed) is null;

    /// <summary>How this version compares with one of the file.</summary>
    public int CompareTo(ReadOnlySpan<byte> other, IVersionOrder order)
    {
        if (_leading >= 0 && LeadingNumber.Of(other) is >= 0 and var number && number != _leading && (!_hasLegacy || IsNumbers(other)))
        {
            return _leading.CompareTo(number);
        }

        Span<char> buffer = stackalloc char[Longest];
        return Encoding.UTF8.TryGetChars(other, buffer, out var length) ? order.Compare(_compared, buffer[..length]) : throw ByteReader.Damaged();
    }

    private static bool IsNumbers(ReadOnlySpan<byte> version) => version.IndexOfAnyExcept(Numbers) < 0;
}
