using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.SecDb;

/// <summary>Wolfi's security database.</summary>
internal sealed class WolfiFeed : SecDbFeed
{
    /// <inheritdoc/>
    public override string Name => "wolfi";

    /// <inheritdoc/>
    public override Task FetchAsync(IFeedFiles files, CancellationToken cancellation) =>
        files.FetchAsync(new FeedFile($"{Name}/os/security.json", new Uri("https://packages.wolfi.dev/os/security.json")) { Key = "packages" }, cancellation);

    /// <inheritdoc/>
    protected override string Ecosystem(string folder, JsonElement document) => "Wolfi";
}
