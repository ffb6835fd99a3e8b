using OssRuntime.Stage.Images;

namespace OssRuntime.EndToEnd.Tests.Images;

/// <summary>The sample images, built once on this machine from Debian's, npm's and NuGet's packages.</summary>
public sealed class SampleImages : IAsyncLifetime
{
    public ImageShelf Shelf { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shelf = await ImageShelf.EnsureAsync(ImageShelf.NamesOf(ImageSet.Sample), Console.Error);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
