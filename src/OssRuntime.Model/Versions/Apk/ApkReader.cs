using System.Buffers;

namespace OssRuntime.Model.Versions.Apk;

/// <summary>
/// Reads an Alpine version part by part: <c>digits{.digits}[letter]{_suffix[number]}[~hash][-r number]</c> (APKBUILD(5), "pkgver", and the
/// Gentoo package manager specification, chapter 3.2, which it follows). Digits right after the letter (<c>1.9.4p2</c>) are a number of their own, as the
/// tools' second version read them and packages of its time are called; the third refuses them.
/// </summary>
internal ref struct ApkReader
{
    private const int FirstPostSuffix = 4;

    private static readonly SearchValues<char> SuffixLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> HashDigits = SearchValues.Create("0123456789abcdef");

    private static readonly string[] Suffixes = ["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"];

    private ReadOnlySpan<char> _rest;

    internal ApkReader(ReadOnlySpan<char> version)
    {
        _rest = version;
        Value = DigitRun.Take(ref _rest);
        Token = Value.IsEmpty ? ApkToken.Invalid : ApkToken.InitialDigits;
    }

    /// <summary>What the current part is.</summary>
    internal ApkToken Token { get; private set; }

    /// <summary>The text of the current part without what introduces it.</summary>
    internal ReadOnlySpan<char> Value { get; private set; }

    /// <summary>The rank of the current suffix.</summary>
    internal int Suffix { get; private set; }

    /// <summary>True for a suffix that makes a version older than the one without it.</summary>
    internal readonly bool IsPreRelease => Token == ApkToken.Suffix && Suffix < FirstPostSuffix;

    /// <summary>Goes on to the next part.</summary>
    internal void Next()
    {
        if (_rest.IsEmpty)
        {
            Token = ApkToken.End;
            return;
        }

        Token = ReadNext(_rest[0]);
    }

    private ApkToken ReadNext(char first)
    {
        if (first is >= 'a' and <= 'z' && Token <= ApkToken.Digits)
        {
            Value = _rest[..1];
            _rest = _rest[1..];
            return ApkToken.Letter;
        }

        if (char.IsAsciiDigit(first) && Token is ApkToken.Suffix or ApkToken.Letter)
        {
            return ReadDigits(0, Token == ApkToken.Suffix ? ApkToken.SuffixNumber : ApkToken.Digits);
        }

        return first switch
        {
            '.' when Token <= ApkToken.Digits => ReadDigits(1, ApkToken.Digits),
            '_' when Token <= ApkToken.SuffixNumber => ReadSuffix(),
            '~' when Token < ApkToken.CommitHash => ReadHash(),
            '-' when Token < ApkToken.Revision && _rest.StartsWith("-r") => ReadDigits(2, ApkToken.Revision),
            _ => ApkToken.Invalid,
        };
    }

    private ApkToken ReadDigits(int introduction, ApkToken token)
    {
        _rest = _rest[introduction..];
        Value = DigitRun.Take(ref _rest);
        return Value.IsEmpty ? ApkToken.Invalid : token;
    }

    private ApkToken ReadSuffix()
    {
        _rest = _rest[1..];
        var length = _rest.IndexOfAnyExcept(SuffixLetters);
        Value = length < 0 ? _rest : _rest[..length];
        _rest = _rest[Value.Length..];
        for (Suffix = 0; Suffix < Suffixes.Length; Suffix++)
        {
            if (Value.SequenceEqual(Suffixes[Suffix]))
            {
                return ApkToken.Suffix;
            }
        }

        return ApkToken.Invalid;
    }

    private ApkToken ReadHash()
    {
        _rest = _rest[1..];
        var length = _rest.IndexOfAnyExcept(HashDigits);
        Value = length < 0 ? _rest : _rest[..length];
        _rest = _rest[Value.Length..];
        return Value.IsEmpty ? ApkToken.Invalid : ApkToken.CommitHash;
    }
}
