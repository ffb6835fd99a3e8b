using System.Collections.Immutable;
using OssRuntime.Inventory;
using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Inventory.Store;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Composition;

/// <summary>Where inventories come from: registries, what may be believed there, and the store of what was read.</summary>
internal sealed class ImageSources : IDisposable
{
    private readonly JavaChecksumIndex? _jars;

    public ImageSources(OperatorOptions options, InventoryMetrics metrics, ControllerEnvironment environment)
    {
        Directory.CreateDirectory(options.StateFolder);
        _jars = options.JavaIndex is { } index ? JavaChecksumIndex.Open(index) : null;
        Options = new InventoryOptions
        {
            BaseImages = options.BaseImages is { } bases ? KnownBaseImages.ReadFile(bases) : KnownBaseImages.None,
            JavaIndex = _jars,
            Mode = options.Source,
            Sboms = SbomChoices.Read(options.SbomKinds, options.SbomUnverified, options.SbomTrust, options.SbomIdentities),
        };
        Store = SqliteInventoryStore.Open(Path.Combine(options.StateFolder, "inventory.db"), new StoreTroubles(environment.Loggers));
        var limits = new RegistryOptions
        {
            PlainHttp = [.. options.InsecureRegistries],
            RefusedRanges = [.. options.RefusedRegistryRanges],
            InternalRegistries = options.InternalRegistries.ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
            AnswerTimeout = options.RegistryTimeout,
            StallTimeout = options.RegistryTimeout,
        };
        Registries = new RegistryClient(limits, environment.Time, new RegistryMetrics(metrics));
    }

    public InventoryOptions Options { get; }

    public SqliteInventoryStore Store { get; }

    public RegistryClient Registries { get; }

    public void Dispose()
    {
        Registries.Dispose();
        Store.Dispose();
        _jars?.Dispose();
    }
}
