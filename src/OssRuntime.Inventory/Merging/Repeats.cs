using OssRuntime.Inventory.Extractors.Erlang;
using OssRuntime.Inventory.Extractors.Nix;
using OssRuntime.Inventory.Extractors.Perl;
using OssRuntime.Inventory.Extractors.Programs;
using OssRuntime.Inventory.Extractors.Ruby;
using OssRuntime.Inventory.Extractors.Runtimes;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Merging;

/// <summary>
/// Takes out what one record says of a package that another one tells better: a list of what was to be installed where the installed is there, a header of
/// a runtime where the runtime itself is. Copies of a package in several places are no such thing and stay.
/// </summary>
internal static class Repeats
{
    /// <summary>Removes them.</summary>
    public static void Remove(List<Component> all)
    {
        RemoveHeaders(all);
        RemovePerlLocals(all);
        RemoveGemLocks(all);
        RemoveNixOutputs(all);
    }

    /// <summary>A runtime's header or library says what the runtime itself says too.</summary>
    private static void RemoveHeaders(List<Component> all)
    {
        if (all.Exists(c => c.FoundBy is NodeRuntimeExtractor.Id or PythonRuntimeExtractor.Id or ErlangExtractor.Id))
        {
            var programs = all.Where(c => c.FoundBy == ProgramExtractor.Id).Select(c => c.Purl).ToHashSet();
            all.RemoveAll(c => c.FoundBy is NodeRuntimeExtractor.Id or PythonRuntimeExtractor.Id or ErlangExtractor.Id && programs.Contains(c.Purl));
        }
    }

    /// <summary>The diary of what was installed has what cpanm wrote too, and less of it.</summary>
    private static void RemovePerlLocals(List<Component> all)
    {
        if (all.Exists(c => c.FoundBy == PerlLocalExtractor.Id))
        {
            var installed = all.Where(c => c.FoundBy == PerlInstallExtractor.Id).Select(c => (DistributionOf(c), c.Version)).ToHashSet();
            all.RemoveAll(c => c.FoundBy == PerlLocalExtractor.Id && installed.Contains((DistributionOf(c), c.Version)));
        }
    }

    private static string DistributionOf(Component component) => component.Name[(component.Name.LastIndexOf('/') + 1)..];

    /// <summary>Of a list one of whose gems is installed, those that are not were left out on purpose: tests, other platforms.</summary>
    private static void RemoveGemLocks(List<Component> all)
    {
        if (all.Exists(c => c.FoundBy == GemfileLockExtractor.Id))
        {
            var installed = all.Where(c => c.FoundBy == GemspecExtractor.Id).Select(c => c.Purl).ToHashSet();
            var lists = all.Where(c => c.FoundBy == GemfileLockExtractor.Id && installed.Contains(c.Purl)).Select(c => c.Location.Path).ToHashSet(StringComparer.Ordinal);


            // What Bundler took from git is there under its revision, and the list tells its version.
            var revisions = all.Where(c => c.FoundBy == GitGemExtractor.Id).Select(c => c.Version).ToHashSet(StringComparer.Ordinal);
            all.RemoveAll(c => c.FoundBy == GemfileLockExtractor.Id && lists.Contains(c.Location.Path) && !IsCheckedOut(c, revisions));
            var told = revisions.Where(revision => all.Exists(c => c.FoundBy == GemfileLockExtractor.Id && IsCheckedOut(c, [revision]))).ToHashSet(StringComparer.Ordinal);
            all.RemoveAll(c => c.FoundBy == GitGemExtractor.Id && told.Contains(c.Version));
        }
    }

    private static bool IsCheckedOut(Component gem, HashSet<string> revisions) =>
        gem.Origin?.LastIndexOf('#') is > 0 and var hash && revisions.Any(revision => gem.Origin.AsSpan(hash + 1).StartsWith(revision, StringComparison.Ordinal));

    /// <summary>A package of Nix is there once, however many directories it has and whether the database names it too.</summary>
    private static void RemoveNixOutputs(List<Component> all)
    {
        if (all.Exists(c => c.FoundBy is NixStoreExtractor.Id or NixExtractor.Id))
        {
            var seen = all.Where(c => c.FoundBy == NixExtractor.Id).Select(c => c.Purl).ToHashSet();
            all.RemoveAll(c => c.FoundBy == NixStoreExtractor.Id && !seen.Add(c.Purl));
            var told = new HashSet<PackageUrl>();
            all.RemoveAll(c => c.FoundBy == NixExtractor.Id && !told.Add(c.Purl));
        }
    }
}
