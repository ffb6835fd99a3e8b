using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Nix;

/// <summary>What the name of a store path tells.</summary>
internal static class NixStorePath
{
    private const string Store = "/nix/store/";
    private const int HashLength = 32;

    /// <summary>The version is what follows the first dash before a digit. What has none is a script, a patch or a setting, and no package.</summary>
    public static void Report(string path, ExtractionContext context)
    {
        if (!path.StartsWith(Store, StringComparison.Ordinal) || path.Length < Store.Length + HashLength + 2 || path[Store.Length + HashLength] != '-'
            || path.EndsWith(".drv", StringComparison.Ordinal))
        {
            return;
        }

        var name = path[(Store.Length + HashLength + 1)..];
        for (var dash = name.IndexOf('-', StringComparison.Ordinal); dash > 0 && dash + 1 < name.Length; dash = name.IndexOf('-', dash + 1))
        {
            if (char.IsAsciiDigit(name[dash + 1]))
            {
                context.Add(new PackageRecord { Type = "nix", Name = name[..dash], Version = WithoutOutput(name[(dash + 1)..]), Kind = ComponentType.OsPackage });
                return;
            }
        }
    }

    /// <summary>A package has several directories: its program, its library, its manual.</summary>
    private static string WithoutOutput(string version)
    {
        foreach (var output in (ReadOnlySpan<string>)["-bin", "-lib", "-dev", "-out", "-man", "-doc", "-info", "-data", "-static", "-debug", "-devdoc", "-getent", "-terminfo"])
        {
            if (version.EndsWith(output, StringComparison.Ordinal) && version.Length > output.Length)
            {
                return version[..^output.Length];
            }
        }

        return version;
    }
}
