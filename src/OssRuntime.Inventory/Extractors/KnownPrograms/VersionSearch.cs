using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Extractors.Executables;
using OssRuntime.Inventory.Packages;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>Looks for the version of a known program while its bytes pass by.</summary>
internal sealed partial class VersionSearch : IProgramSearch
{
    private const int MostTries = 4000;

    /// <summary>As many near patterns are tried in the time of a far one.</summary>
    private const int FarTry = 50;

    private readonly ImmutableArray<KnownProgram> _programs;
    private readonly string _versionInName;
    private readonly string?[] _versions;
    private int _tries;

    public VersionSearch(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        _programs = KnownProgramCatalog.ByFileName(name);
        _versions = new string?[_programs.Length];
        _versionInName = NumberInName().Match(name) is { Success: true } match ? match.Value : "";
    }

    /// <summary>True where the file's name is that of no known program.</summary>
    public bool IsEmpty => _programs.IsEmpty;

    /// <summary>What was found. Where several programs have the same file name, one of them.</summary>
    public PackageRecord? Found
    {
        get
        {
            for (var i = 0; i < _programs.Length; i++)
            {
                if (_versions[i] is { } version)
                {
                    return _programs[i].At(version);
                }
            }

            return null;
        }
    }

    /// <summary>Nothing more to see once the first of them is found: the more particular ones come first.</summary>
    public long? NextWanted(long from) => _programs.IsEmpty || _versions[0] is not null || _tries >= MostTries ? null : from;

    public void Look(long position, ReadOnlySpan<byte> bytes, bool isLast)
    {
        for (var i = 0; i < _programs.Length; i++)
        {
            foreach (var pattern in _programs[i].Searches)
            {
                _versions[i] ??= Find(bytes, pattern, _programs[i].IsVersionInName ? _versionInName : "", isLast);
            }
        }
    }

    private string? Find(ReadOnlySpan<byte> bytes, VersionPattern pattern, string start, bool isLast)
    {
        // What is cut off at the end comes again with the next bytes, and a version that is cut off is a wrong one.
        var end = isLast ? bytes.Length : bytes.Length - pattern.Reach;
        var from = 0;
        while (from < end && _tries < MostTries)
        {
            var found = bytes[from..].IndexOf(pattern.Anchor);
            if (found < 0 || from + found >= end)
            {
                return null;
            }

            _tries += pattern.IsFar ? FarTry : 1;
            var at = from + found;
            var first = Math.Max(0, at - pattern.Reach);
            var last = Math.Min(bytes.Length, at + pattern.Anchor.Length + pattern.Reach);
            if (pattern.Match(bytes[first..last], start) is { } version)
            {
                return version;
            }

            from = at + 1;
        }

        return null;
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberInName();
}
