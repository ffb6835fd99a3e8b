using System.Collections.Immutable;
using OssRuntime.Inventory.Extractors.Alpm;
using OssRuntime.Inventory.Extractors.Apk;
using OssRuntime.Inventory.Extractors.Chisel;
using OssRuntime.Inventory.Extractors.Conan;
using OssRuntime.Inventory.Extractors.Conda;
using OssRuntime.Inventory.Extractors.Dart;
using OssRuntime.Inventory.Extractors.DotNet;
using OssRuntime.Inventory.Extractors.Dpkg;
using OssRuntime.Inventory.Extractors.EmbeddedSboms;
using OssRuntime.Inventory.Extractors.Erlang;
using OssRuntime.Inventory.Extractors.Haskell;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Extractors.Julia;
using OssRuntime.Inventory.Extractors.LockFiles;
using OssRuntime.Inventory.Extractors.Lua;
using OssRuntime.Inventory.Extractors.Nix;
using OssRuntime.Inventory.Extractors.Npm;
using OssRuntime.Inventory.Extractors.Opkg;
using OssRuntime.Inventory.Extractors.OsReleases;
using OssRuntime.Inventory.Extractors.Perl;
using OssRuntime.Inventory.Extractors.Php;
using OssRuntime.Inventory.Extractors.Programs;
using OssRuntime.Inventory.Extractors.Python;
using OssRuntime.Inventory.Extractors.R;
using OssRuntime.Inventory.Extractors.Rpm;
using OssRuntime.Inventory.Extractors.Ruby;
using OssRuntime.Inventory.Extractors.Runtimes;
using OssRuntime.Inventory.Extractors.Swift;

namespace OssRuntime.Inventory.Extractors;

/// <summary>The extractors there are. A new one is one more line here.</summary>
internal sealed class ExtractorCatalog
{
    /// <summary>Raised when what is kept of a layer changes otherwise than through an extractor.</summary>
    private const int IndexVersion = 4;

    private readonly ImmutableArray<IExtractor> _extractors;
    private readonly ImmutableArray<IDirectoryExtractor> _ofDirectories;
    private readonly ImmutableArray<IProgramExtractor> _ofPrograms;

    // Every path of an image is asked of every extractor. A delegate is called directly, while an interface call looks for the method each
    // time where many types have it: a tenth of the time that a small image takes.
    private readonly Wanting[] _wants;

    public ExtractorCatalog(params ImmutableArray<IExtractor> extractors)
        : this(extractors, "")
    {
    }

    private ExtractorCatalog(ImmutableArray<IExtractor> extractors, string more)
    {
        _extractors = extractors;
        _ofDirectories = [.. extractors.OfType<IDirectoryExtractor>()];
        _ofPrograms = [.. extractors.OfType<IProgramExtractor>()];
        _wants = [.. extractors.Select(extractor => (Wanting)extractor.Wants)];
        Version = $"{IndexVersion};{string.Join(';', extractors.Select(e => $"{e.Name}={e.Version}").Order(StringComparer.Ordinal))}{more}";
    }

    /// <summary>All of them.</summary>
    public static ExtractorCatalog Default { get; } = new(
        new OsReleaseExtractor(),
        new DpkgStatusExtractor(),
        new DpkgFilesExtractor(),
        new DpkgCopyrightExtractor(),
        new ChiselManifestExtractor(),
        new ApkExtractor(),
        new RpmDatabaseExtractor(),
        new RpmLogExtractor(),
        new RpmManifestExtractor(),
        new AlpmExtractor(),
        new OpkgExtractor(),
        new NixExtractor(),
        new NixStoreExtractor(),
        new NpmPackageExtractor(),
        new NpmLockExtractor(),
        new YarnCacheExtractor(),
        new DepsJsonExtractor(),
        new DotNetAssemblyExtractor(),
        new NugetCacheExtractor(),
        new JavaArchiveExtractor(),
        new MavenOriginExtractor(),
        new PythonMetadataExtractor(),
        new PythonOriginExtractor(),
        new PythonArchiveExtractor(),
        new CondaExtractor(),
        new GemspecExtractor(),
        new GitGemExtractor(),
        new GemfileLockExtractor(),
        new ComposerExtractor(),
        new PeclExtractor(),
        new WordPressExtractor(),
        new RPackageExtractor(),
        new ErlangExtractor(),
        new PerlInstallExtractor(),
        new PerlLocalExtractor(),
        new JuliaManifestExtractor(),
        new LuaRocksExtractor(),
        new PubspecLockExtractor(),
        new PackageResolvedExtractor(),
        new HaskellLockExtractor(),
        new HaskellPackageExtractor(),
        new ConanLockExtractor(),
        new JavaRuntimeExtractor(),
        new NodeRuntimeExtractor(),
        new PythonRuntimeExtractor(),
        new ProgramExtractor(),
        new LockFileExtractor(),
        new EmbeddedSbomExtractor());

    /// <summary>All of them, with a list of jars by their checksums.</summary>
    public static ExtractorCatalog With(JavaChecksumIndex index) =>
        new([.. Default.Extractors.Select(extractor => extractor is JavaArchiveExtractor ? new JavaArchiveExtractor(index) : extractor)], $";java-index={index.Version}");

    /// <summary>The extractors in the order in which they see a file.</summary>
    public ImmutableArray<IExtractor> Extractors => _extractors;

    /// <summary>Names every extractor with its version. Part of the key of all that is kept.</summary>
    public string Version { get; }

    /// <summary>True where any extractor would look at the path as a program.</summary>
    public bool IsWantedAsProgram(ReadOnlySpan<byte> path, bool isExecutable)
    {
        foreach (var extractor in _ofPrograms)
        {
            if (extractor.WantsProgram(path, isExecutable))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The extractor that the directory itself is a record to, or null.</summary>
    public IDirectoryExtractor? OfDirectory(ReadOnlySpan<byte> path)
    {
        foreach (var extractor in _ofDirectories)
        {
            if (extractor.WantsDirectory(path))
            {
                return extractor;
            }
        }

        return null;
    }

    /// <summary>True where any extractor wants the path.</summary>
    public bool IsWanted(ReadOnlySpan<byte> path)
    {
        foreach (var wants in _wants)
        {
            if (wants(path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lists the extractors that want the path, in the place of what the list holds.</summary>
    public void FindWanting(ReadOnlySpan<byte> path, List<IExtractor> wanting)
    {
        wanting.Clear();
        for (var i = 0; i < _wants.Length; i++)
        {
            if (_wants[i](path))
            {
                wanting.Add(_extractors[i]);
            }
        }
    }

    /// <summary>Lists the extractors that would look at the path as a program, in the place of what the list holds.</summary>
    public void FindWantingProgram(ReadOnlySpan<byte> path, bool isExecutable, List<IExtractor> wanting)
    {
        wanting.Clear();
        foreach (var extractor in _ofPrograms)
        {
            if (extractor.WantsProgram(path, isExecutable))
            {
                wanting.Add(extractor);
            }
        }
    }

    private delegate bool Wanting(ReadOnlySpan<byte> path);
}
