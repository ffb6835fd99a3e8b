using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.DistroInfo;

/// <summary>
/// The release dates of Debian and Ubuntu as Debian's package distro-info-data has them (<c>distro-eol/distro-info/*.csv</c>). They fill in the
/// releases that the lifecycle data before them lacks.
/// </summary>
internal sealed class DistroInfoFeed : IFeed
{
    private const string Folder = "distro-info";

    private static readonly string[] Products = ["debian", "ubuntu"];

    /// <inheritdoc/>
    public string Name => "distro-eol";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var product in Products)
        {
            var publisher = new Uri($"https://salsa.debian.org/debian/distro-info-data/-/raw/main/{product}.csv");
            await files.FetchAsync($"{Name}/{Folder}/{product}.csv", publisher, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var product in Products)
        {
            var file = root.At(Name, Folder, $"{product}.csv");
            if (!File.Exists(file))
            {
                continue;
            }

            sink.Begin($"{Name}/{Folder}");
            try
            {
                sink.AcceptProduct(DistroInfoParser.Read(product, BoundedFile.Read(file, FeedLimits.Document)));
            }
            catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{Folder}/{product}.csv", exception.Message);
            }
        }

        return Task.CompletedTask;
    }
}
