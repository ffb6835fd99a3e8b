using System.Collections.Immutable;
using OssRuntime.Inventory.Extractors.Alpm;
using OssRuntime.Inventory.Extractors.Apk;
using OssRuntime.Inventory.Extractors.Conan;
using OssRuntime.Inventory.Extractors.Conda;
using OssRuntime.Inventory.Extractors.Dart;
using OssRuntime.Inventory.Extractors.DotNet;
using OssRuntime.Inventory.Extractors.Dpkg;
using OssRuntime.Inventory.Extractors.Erlang;
using OssRuntime.Inventory.Extractors.Haskell;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Extractors.Lua;
using OssRuntime.Inventory.Extractors.Nix;
using OssRuntime.Inventory.Extractors.Npm;
using OssRuntime.Inventory.Extractors.Opkg;
using OssRuntime.Inventory.Extractors.OsReleases;
using OssRuntime.Inventory.Extractors.Php;
using OssRuntime.Inventory.Extractors.Programs;
using OssRuntime.Inventory.Extractors.Python;
using OssRuntime.Inventory.Extractors.R;
using OssRuntime.Inventory.Extractors.Rpm;
using OssRuntime.Inventory.Extractors.Ruby;
using OssRuntime.Inventory.Extractors.Runtimes;
using OssRuntime.Inventory.Extractors.Swift;
using OssRuntime.Inventory.Sboms.Embedded;

namespace OssRuntime.Inventory.Extractors;

/// <summary>The extractors there are. A new one is one more line here.</summary>
internal sealed class ExtractorCatalog
{
    /// <summary>Raised when what is kept of a layer changes otherwise than through an extractor.</summary>
    private const int IndexVersion = 2;

    private readonly ImmutableArray<IExtractor> _extractors;

    public ExtractorCatalog(params ImmutableArray<IExtractor> extractors)
    {
        _extractors = extractors;
        Version = $"{IndexVersion};{string.Join(';', extractors.Select(e => $"{e.Name}={e.Version}").Order(StringComparer.Ordinal))}";
    }

    /// <summary>All of them.</summary>
    public static ExtractorCatalog Default { get; } = new(
        new OsReleaseExtractor(),
        new DpkgStatusExtractor(),
        new DpkgFilesExtractor(),
        new ApkExtractor(),
        new RpmDatabaseExtractor(),
        new RpmLogExtractor(),
        new RpmManifestExtractor(),
        new AlpmExtractor(),
        new OpkgExtractor(),
        new NixExtractor(),
        new NpmPackageExtractor(),
        new NpmLockExtractor(),
        new DepsJsonExtractor(),
        new DotNetAssemblyExtractor(),
        new NugetCacheExtractor(),
        new JavaArchiveExtractor(),
        new PythonMetadataExtractor(),
        new PythonOriginExtractor(),
        new CondaExtractor(),
        new GemspecExtractor(),
        new ComposerExtractor(),
        new PeclExtractor(),
        new WordPressExtractor(),
        new RPackageExtractor(),
        new ErlangExtractor(),
        new LuaRocksExtractor(),
        new PubspecLockExtractor(),
        new PackageResolvedExtractor(),
        new HaskellLockExtractor(),
        new ConanLockExtractor(),
        new JavaRuntimeExtractor(),
        new NodeRuntimeExtractor(),
        new PythonRuntimeExtractor(),
        new ProgramExtractor(),
        new EmbeddedSbomExtractor());

    /// <summary>The extractors in the order in which they see a file.</summary>
    public ImmutableArray<IExtractor> Extractors => _extractors;

    /// <summary>Names every extractor with its version. Part of the key of all that is kept.</summary>
    public string Version { get; }

    /// <summary>True where any extractor would look at the path as a program.</summary>
    public bool IsWantedAsProgram(ReadOnlySpan<byte> path, bool isExecutable)
    {
        foreach (var extractor in _extractors)
        {
            if (extractor.WantsProgram(path, isExecutable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True where any extractor wants the path.</summary>
    public bool IsWanted(ReadOnlySpan<byte> path)
    {
        foreach (var extractor in _extractors)
        {
            if (extractor.Wants(path))
            {
                return true;
            }
        }

        return false;
    }
}
