using System.Collections.Immutable;

namespace OssRuntime.Advisories.NameChecks;

/// <summary>Names that an owner keeps for packages of their own.</summary>
/// <param name="Ecosystem">The ecosystem: <c>npm</c>, <c>PyPI</c>.</param>
/// <param name="Pattern">A name, or with a <c>*</c> at its end, how such names begin: <c>@acme/*</c>.</param>
/// <param name="Origins">How the addresses begin that these packages may come from: <c>https://npm.acme.example/</c>.</param>
public sealed record ReservedNames(string Ecosystem, string Pattern, ImmutableArray<string> Origins)
{
    /// <summary>Reads what people write: <c>npm:@acme/*=https://npm.acme.example/</c>, the same name again for another address.</summary>
    /// <exception cref="FormatException">One of the texts is no such thing; the message says which.</exception>
    public static ImmutableArray<ReservedNames> Read(IEnumerable<string> texts) =>
    [
        .. texts.Select(Read).GroupBy(one => (one.Ecosystem, one.Pattern), one => one.Origin)
            .Select(group => new ReservedNames(group.Key.Ecosystem, group.Key.Pattern, [.. group])),
    ];

    /// <summary>True for a name that is kept.</summary>
    internal bool Covers(string ecosystem, string name) =>
        string.Equals(ecosystem, Ecosystem, StringComparison.OrdinalIgnoreCase)
        && (Pattern.EndsWith('*') ? name.StartsWith(Pattern[..^1], StringComparison.OrdinalIgnoreCase) : string.Equals(name, Pattern, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for an address that such a package may come from.</summary>
    internal bool Allows(string origin) => Origins.Any(allowed => origin.StartsWith(allowed, StringComparison.OrdinalIgnoreCase));

    private static (string Ecosystem, string Pattern, string Origin) Read(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return colon > 0 && equals > colon + 1 && equals < text.Length - 1
            ? (text[..colon], text[(colon + 1)..equals], text[(equals + 1)..])
            : throw new FormatException($"'{text}' is not ECOSYSTEM:NAME=ADDRESS: write a reserved name like npm:@acme/*=https://npm.acme.example/");
    }
}
