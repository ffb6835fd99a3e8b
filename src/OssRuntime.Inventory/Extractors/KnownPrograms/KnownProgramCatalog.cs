using System.Collections.Immutable;
using System.IO.Enumeration;

namespace OssRuntime.Inventory.Extractors.KnownPrograms;

/// <summary>The table of known programs. Where several may have the same file name, the more particular ones come first.</summary>
internal static class KnownProgramCatalog
{
    private static readonly Dictionary<string, ImmutableArray<KnownProgram>> ByName = All
        .SelectMany(p => p.Files.Where(f => !f.Contains('*', StringComparison.Ordinal)).Select(f => (File: f, Program: p)))
        .GroupBy(p => p.File, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(p => p.Program).ToImmutableArray(), StringComparer.Ordinal);

    private static readonly ImmutableArray<(string Pattern, KnownProgram Program)> ByPattern =
        [.. All.SelectMany(p => p.Files.Where(f => f.Contains('*', StringComparison.Ordinal)).Select(f => (f, p)))];

    /// <summary>All of them.</summary>
    public static ImmutableArray<KnownProgram> All => [.. KnownRuntimes.All, .. KnownServers.All, .. KnownTools.All, .. KnownLibraries.All];

    /// <summary>Those whose file may have this name.</summary>
    public static ImmutableArray<KnownProgram> ByFileName(string name)
    {
        if (ByName.TryGetValue(name, out var exact))
        {
            return exact;
        }

        foreach (var (pattern, program) in ByPattern)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            {
                return [program];
            }
        }

        return [];
    }
}
