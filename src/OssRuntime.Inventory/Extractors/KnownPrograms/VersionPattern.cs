using System.Text;
using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>
/// A version with what stands around it. The text is literal but for <c>%v</c> (a version), <c>%d</c> (digits), <c>%h</c> (letters and digits), <c>%0</c>
/// (zero bytes) and <c>%*</c> (any bytes, a thousand at most); <c>&lt;…&gt;</c> marks what counts where that is not <c>%v</c> alone. The longest literal piece
/// is searched for as bytes; only where it is found, the whole pattern is tried on its surroundings.
/// </summary>
internal sealed partial class VersionPattern
{
    private const int NearReach = 256;
    private const int FarReach = 1100;

    private const string Version = @"[0-9]+(?:\.[0-9]+){1,4}(?:[-~]?(?:rc|alpha|beta|dev|preview|pre)[.-]?[0-9]*|-(?:nightly|canary|v8-canary|test)[0-9A-Za-z]{0,60}|[a-z]{1,2}(?![A-Za-z0-9]))?";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly Lazy<Regex> _regex;

    public VersionPattern(string pattern)
    {
        var pieces = Array.FindAll(Token().Split(pattern), p => p.Length > 0);
        IsFar = Array.Exists(pieces, p => p == "%*");
        Anchor = Encoding.Latin1.GetBytes(LongestLiteral(pieces));
        _regex = new Lazy<Regex>(() => new Regex(Translate(pieces), RegexOptions.CultureInvariant | RegexOptions.Singleline, Timeout));
    }

    /// <summary>True where a part of it may lie far from the others: such a pattern is dear to try.</summary>
    public bool IsFar { get; }

    /// <summary>Bytes before and behind the literal piece that it may reach to.</summary>
    public int Reach => IsFar ? FarReach : NearReach;

    /// <summary>The bytes to search for.</summary>
    public byte[] Anchor { get; }

    /// <summary>The version in the surroundings of the anchor; null where the pattern does not fit.</summary>
    /// <param name="surroundings">The anchor with what is before and behind it.</param>
    /// <param name="start">How the version has to begin.</param>
    public string? Match(ReadOnlySpan<byte> surroundings, string start)
    {
        try
        {
            for (var match = _regex.Value.Match(Encoding.Latin1.GetString(surroundings)); match.Success; match = match.NextMatch())
            {
                if (match.Groups["v"].Value is { } version && version.StartsWith(start, StringComparison.Ordinal))
                {
                    return version;
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // Text that was made for it; the program's own is found at once.
        }

        return null;
    }

    private static string LongestLiteral(string[] pieces)
    {
        var longest = "";
        for (var i = 0; i < pieces.Length; i++)
        {
            if (IsToken(pieces[i]))
            {
                continue;
            }

            var before = i > 0 && pieces[i - 1] == "%0" ? "\0" : "";
            var after = i + 1 < pieces.Length && pieces[i + 1] == "%0" ? "\0" : "";
            if (before.Length + pieces[i].Length + after.Length > longest.Length)
            {
                longest = before + pieces[i] + after;
            }
        }

        return longest;
    }

    private static string Translate(string[] pieces)
    {
        var hasMarks = Array.Exists(pieces, p => p == "<");
        var regex = new StringBuilder();
        for (var i = 0; i < pieces.Length; i++)
        {
            regex.Append(pieces[i] switch
            {
                // The zeros around one version may be those around the next.
                "%0" when i == 0 => "(?<=\\0)",
                "%0" when i == pieces.Length - 1 => "(?=\\0)",
                "%v" => hasMarks ? Version : $"(?<v>{Version})",
                "%d" => "[0-9]+",
                "%h" => "[0-9A-Za-z]+",
                "%0" => "\\0+",
                "%*" => ".{0,1000}?",
                "<" => "(?<v>",
                ">" => ")",
                var literal => Regex.Escape(literal),
            });
        }

        return regex.ToString();
    }

    private static bool IsToken(string piece) => piece is "%v" or "%d" or "%h" or "%0" or "%*" or "<" or ">";

    [GeneratedRegex("(?<token>%[vdh0*]|[<>])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
