using System.Text;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>A component's version as rows are judged by it: its text, and the orders that accept it.</summary>
internal sealed class ComparedVersion
{
    private readonly IVersionOrder? _ecosystem;
    private readonly IVersionOrder? _semantic;

    /// <summary>A version in an ecosystem's order; null where the ecosystem has none, which leaves ranges of type SEMVER.</summary>
    public ComparedVersion(string text, IVersionOrder? order)
    {
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        Refusal = order is null ? "no order of this ecosystem's versions is known" : order.Refuse(text);
        _ecosystem = Refusal is null ? order : null;
        _semantic = order is null ? (VersionOrders.SemVer.Refuse(text) is null ? VersionOrders.SemVer : null) : _ecosystem;
    }

    /// <summary>The version.</summary>
    public string Text { get; }

    /// <summary>The version in the encoding of the file.</summary>
    public byte[] Utf8 { get; }

    /// <summary>Why it cannot be compared, or null.</summary>
    public string? Refusal { get; }

    /// <summary>The order for a range, or null where the version cannot be compared in it.</summary>
    public IVersionOrder? OrderFor(RangeType type) => type == RangeType.SemVer ? _semantic : _ecosystem;
}
