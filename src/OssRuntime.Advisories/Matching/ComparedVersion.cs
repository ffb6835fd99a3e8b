using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>A component's version as rows are judged by it: its text, and the orders that accept it.</summary>
internal sealed class ComparedVersion
{
    private const int Longest = 512;

    private readonly IVersionOrder? _ecosystem;
    private readonly IVersionOrder? _semantic;
    private readonly int _leading;

    /// <summary>A version in an ecosystem's order; null where the ecosystem has none, which leaves ranges of type SEMVER.</summary>
    public ComparedVersion(string text, IVersionOrder? order)
    {
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        _leading = LeadingNumber.Of(Utf8);
        Refusal = order is null ? "no order of this ecosystem's versions is known" : order.Refuse(text);
        _ecosystem = Refusal is null ? order : null;
        _semantic = order is null ? (VersionOrders.SemVer.Refuse(text) is null ? VersionOrders.SemVer : null) : _ecosystem;
    }

    /// <summary>
    /// The order of a component's versions: that of its ecosystem, or for a distribution that has none by name, that of its kind of package.
    /// </summary>
    public static IVersionOrder? OrderOf(Component component) => VersionOrders.For(component.Ecosystem) ?? VersionOrders.ForName(component.Purl.Type);

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

    /// <summary>How this version compares with one of the file.</summary>
    public int CompareTo(ReadOnlySpan<byte> other, IVersionOrder order)
    {
        if (_leading >= 0 && LeadingNumber.Of(other) is >= 0 and var number && number != _leading)
        {
            return _leading.CompareTo(number);
        }

        Span<char> buffer = stackalloc char[Longest];
        return Encoding.UTF8.TryGetChars(other, buffer, out var length) ? order.Compare(Text, buffer[..length]) : throw ByteReader.Damaged();
    }
}
