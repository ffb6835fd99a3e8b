using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace OssRuntime.Model.Packages;

/// <summary>
/// Percent-encoding as package URLs use it: every octet of UTF-8 is encoded but letters, digits, <c>.-_~</c> and the colon
/// (ECMA-427, "Character encoding").
/// </summary>
internal static class PercentEncoding
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~:");

    /// <summary>Appends a text, encoded.</summary>
    internal static void Append(ref DefaultInterpolatedStringHandler target, ReadOnlySpan<char> text)
    {
        Span<byte> octets = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                target.AppendFormatted(text);
                return;
            }

            target.AppendFormatted(text[..plain]);
            text = text[plain..];
            _ = Rune.DecodeFromUtf16(text, out var rune, out var read);
            foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
            {
                target.AppendLiteral("%");
                target.AppendFormatted(octet, "X2");
            }

            text = text[read..];
        }
    }

    /// <summary>Appends segments joined by slashes, each encoded, the slashes kept.</summary>
    internal static void AppendPath(ref DefaultInterpolatedStringHandler target, ReadOnlySpan<char> path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/'))
        {
            Append(ref target, path[..slash]);
            target.AppendLiteral("/");
            path = path[(slash + 1)..];
        }

        Append(ref target, path);
    }

    /// <summary>Decodes a text; false where a percent sign is not followed by two hexadecimal digits or the octets are not UTF-8.</summary>
    internal static bool TryDecode(ReadOnlySpan<char> text, out string decoded)
    {
        if (!text.Contains('%'))
        {
            decoded = text.ToString();
            return true;
        }

        decoded = "";
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            if (rest[0] != '%')
            {
                var plain = rest.IndexOf('%');
                plain = plain < 0 ? rest.Length : plain;
                length += Encoding.UTF8.GetBytes(rest[..plain], octets.AsSpan(length));
                rest = rest[plain..];
            }
            else if (rest.Length >= 3 && char.IsAsciiHexDigit(rest[1]) && char.IsAsciiHexDigit(rest[2]))
            {
                octets[length++] = byte.Parse(rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                rest = rest[3..];
            }
            else
            {
                return false;
            }
        }

        if (!Utf8.IsValid(octets.AsSpan(0, length)))
        {
            return false;
        }

        decoded = Encoding.UTF8.GetString(octets.AsSpan(0, length));
        return true;
    }

    /// <summary>True where the text is well-formed UTF-16, so that encoding it loses nothing.</summary>
    internal static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var start = text.IndexOfAnyInRange('\uD800', '\uDFFF'); start >= 0; start = text.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (Rune.DecodeFromUtf16(text[start..], out _, out var read) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(start + read)..];
        }

        return true;
    }
}
