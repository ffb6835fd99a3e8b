using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests;

/// <summary>
/// Images that keep each of their files within its bounds and want more than there is all the same: the bounds are of the image. What these cost in full size is
/// measured by <c>OssRuntime.Benchmarks hostile</c>.
/// </summary>
public sealed class ImageLimitTests
{
    private static readonly ContentLimits FewPackages = new() { Packages = 100 };

    [Fact]
    public async Task Packages_count_over_all_files_of_an_image()
    {
        var failure = await FailAsync(HostileImages.Dependencies(files: 12, perFile: 10), FewPackages);

        Assert.Equal(
            (FailureReason.LimitExceeded, "the image names more than 100 packages; 'app/p10.deps.json' was being read", false),
            (failure.Reason, failure.Message, failure.Retryable));
    }

    [Fact]
    public async Task An_image_with_as_many_packages_as_may_be_is_read() =>
        Assert.Equal(100, (await ReadAsync(HostileImages.Dependencies(files: 10, perFile: 10), FewPackages)).Components.Length);

    [Fact]
    public async Task Packages_of_dpkg_count_like_all_others()
    {
        var failure = await FailAsync(HostileImages.Stanzas(files: 4, perFile: 40), FewPackages);

        Assert.Equal((FailureReason.LimitExceeded, "the image names more than 100 packages; 'var/lib/dpkg/status.d/p2' was being read"), (failure.Reason, failure.Message));
    }

    [Fact]
    public async Task A_list_under_many_names_counts_as_often()
    {
        var failure = await FailAsync(HostileImages.HardLinks(packages: 10, links: 10), FewPackages);

        Assert.Equal(FailureReason.LimitExceeded, failure.Reason);
        Assert.StartsWith("the image names more than 100 packages", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_of_layers_that_are_known_count_too()
    {
        var store = new MemoryStore();
        var first = HostileImages.Dependencies(files: 6, perFile: 10);
        var second = new ImageBuilder().Layer(tar => tar.File("app/more.deps.json", """{"libraries":{"Q/1.0.0":{"type":"package"}}}"""))
            .Blob(first.Blobs[first.LayerDigests[0]]).Blob(first.Blobs[first.LayerDigests[0]]).Build();
        await ReadAsync(first, FewPackages, store);

        var failure = (await Assert.ThrowsAsync<InventoryException>(() => ReadAsync(second, FewPackages, store))).Failure;

        Assert.Equal(FailureReason.LimitExceeded, failure.Reason);
    }

    [Fact]
    public async Task What_one_image_used_up_is_not_missing_to_another()
    {
        var store = new MemoryStore();
        await FailAsync(HostileImages.Dependencies(files: 12, perFile: 10), FewPackages);

        Assert.Equal(90, (await ReadAsync(HostileImages.Dependencies(files: 9, perFile: 10), FewPackages, store)).Components.Length);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Paths_names_and_reasons_count_over_the_whole_image(string kind, Func<BuiltImage> build)
    {
        var failure = await FailAsync(build(), new ContentLimits { Characters = 20_000 });

        Assert.Equal(FailureReason.LimitExceeded, failure.Reason);
        Assert.StartsWith("the paths, names and reasons of the image have more than 20000 characters", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(kind);
    }

    public static TheoryData<string, Func<BuiltImage>> Texts => new()
    {
        { "paths that readers want", () => HostileImages.LongPaths(1_000) },
        { "reasons", () => HostileImages.BrokenStanzas(files: 3, perFile: 100) },
        { "whiteouts", () => Many((tar, i) => tar.Whiteout($"{new string('w', 90)}{i:000000000}")) },
        { "opaque directories", () => Many((tar, i) => tar.Opaque($"{new string('o', 80)}{i:000}")) },
        { "links at the root", () => Many((tar, i) => tar.SymbolicLink($"link{i:000}", new string('t', 90))) },
        { "paths that hide others", () => Many((tar, i) => tar.File($"{new string('s', 90)}{i:000}", "")) },
        { "owned files", () => new ImageBuilder().Layer(tar => tar.File("var/lib/dpkg/info/a.list", string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"/{i:00000}/{new string((char)('a' + (i % 26)), 60)}/x.jar")))).Build() },
        { "names of packages", () => Many((tar, i) => tar.File($"n/{i}/node_modules/a/package.json", $$"""{"name":"{{new string('n', 200)}}","version":"1.0.0"}""")) },
        { "licences", () => Many((tar, i) => tar.File($"n/{i}/node_modules/a/package.json", $$"""{"name":"a","version":"1.0.0","license":"{{new string('l', 200)}}"}""")) },
    };

    [Fact]
    public async Task Archives_count_over_all_files_of_an_image_also_where_they_are_given_up()
    {
        var limits = new ContentLimits { NestedBytes = 1 << 20, ImageNestedBytes = 5 << 20 };

        var failure = await FailAsync(HostileImages.NestedJars(files: 4, jars: 3, bytes: 4 << 20), limits);

        Assert.Equal(FailureReason.LimitExceeded, failure.Reason);
        Assert.StartsWith("the archives in the image inflate to more than 5242880 bytes; 'app/bombs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processor_time_counts_over_the_whole_image()
    {
        var failure = await FailAsync(HostileImages.Dependencies(files: 2, perFile: 100), new ContentLimits { ProcessorTime = TimeSpan.Zero, BytesPerSecond = long.MaxValue });

        Assert.Equal((FailureReason.LimitExceeded, false), (failure.Reason, failure.Retryable));
        Assert.StartsWith("reading the image takes more than 0 s of processor time", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_more_to_read_may_take_more_time() =>
        Assert.Single((await ReadAsync(HostileImages.Dependencies(files: 1, perFile: 1), new ContentLimits { ProcessorTime = TimeSpan.Zero, BytesPerSecond = 1 })).Components);

    [Fact]
    public async Task A_root_file_system_has_the_same_bounds()
    {
        using var folder = new TemporaryDirectory();
        for (var i = 0; i < 11; i++)
        {
            var package = Directory.CreateDirectory(Path.Combine(folder.Path, "node_modules", $"p{i}"));
            await File.WriteAllTextAsync(Path.Combine(package.FullName, "package.json"), $$"""{"name":"p{{i}}","version":"1.0.0"}""", TestContext.Current.CancellationToken);
        }

        Task<ComponentInventory> ReadAsync(int packages) => new ImageIndexer(new InventoryOptions { Limits = new ContentLimits { Packages = packages } }, null, TimeProvider.System)
            .IndexAsync(new RootFileSystem(folder.Path), null, TestContext.Current.CancellationToken);

        Assert.Equal(11, (await ReadAsync(11)).Components.Length);
        Assert.Equal(FailureReason.LimitExceeded, (await Assert.ThrowsAsync<InventoryException>(() => ReadAsync(10))).Failure.Reason);
    }

    [Fact]
    public async Task Memory_that_is_used_up_is_a_reason_and_is_not_tried_again()
    {
        using var directory = new TemporaryDirectory();
        new ImageBuilder().Layer(tar => tar.File("a", "")).Build().WriteLayout(directory.Path);
        var indexer = new ImageIndexer(new InventoryOptions(), null, TimeProvider.System, new ExtractorCatalog(new Greedy()));

        var failure = (await Assert.ThrowsAsync<InventoryException>(
            () => indexer.IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken))).Failure;

        Assert.Equal((FailureReason.OutOfMemory, "reading the image took more memory than the process may have", false), (failure.Reason, failure.Message, failure.Retryable));
    }

    private sealed class Greedy : IExtractor
    {
        public string Name => "greedy";

        public int Version => 1;

        public long LargestFile => long.MaxValue;

        public bool Wants(ReadOnlySpan<byte> path) => true;

#pragma warning disable CA2201, MA0012 // It is what the runtime throws.
        public void Extract(FileContent file, ExtractionContext context) => throw new OutOfMemoryException();
#pragma warning restore CA2201, MA0012
    }

    private static BuiltImage Many(Action<TarBuilder, int> fill) => new ImageBuilder().Layer(tar =>
    {
        for (var i = 0; i < 300; i++)
        {
            fill(tar, i);
        }
    }).Build();
}
