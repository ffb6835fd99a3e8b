using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// What a version means that an ecosystem's own order refuses, where lists and SBOMs write it all the same: with a <c>v</c> or <c>=</c> before it, with one or two
/// numbers where there must be three, or with the platform of a gem behind it (<c>1.13.3-x86_64-linux</c>: RubyGems writes it so, and it is no part of the version).
/// docs/database.md, "Versions that cannot be compared".
/// </summary>
internal static class LenientVersion
{
    private static readonly string[] Platforms =
    [
        "x86", "x64", "i386", "i686", "amd64", "arm", "aarch64", "powerpc", "ppc", "s390", "riscv", "universal", "java", "jruby", "ruby", "mswin", "mingw", "darwin", "linux",
        "freebsd", "dalvik", "solaris",
    ];

    /// <summary>The version to compare; the text itself where nothing is to be changed.</summary>
    public static string Of(string text, IVersionOrder order)
    {
        var version = order.Name == "gem" ? WithoutPlatform(text) : text;
        if (order.Refuse(version) is null)
        {
            return version;
        }

        var bare = version.Trim().TrimStart('v', 'V', '=', ' ');
        string[] candidates = [bare, $"{bare}.0", $"{bare}.0.0"];
        return bare.Length > 0 && char.IsAsciiDigit(bare[0]) && Array.Find(candidates, candidate => order.Refuse(candidate) is null) is { } found ? found : version;
    }

    private static string WithoutPlatform(string version)
    {
        var hyphen = version.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 && Array.Exists(Platforms, platform => version.AsSpan(hyphen + 1).StartsWith(platform, StringComparison.Ordinal)) ? version[..hyphen] : version;
    }
}
