using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.SecDb;

/// <summary>Chainguard's security database.</summary>
internal sealed class ChainguardFeed : SecDbFeed
{
    /// <inheritdoc/>
    public override string Name => "chainguard";

    /// <inheritdoc/>
    public override Task FetchAsync(IFeedFiles files, CancellationToken cancellation) =>
        files.FetchAsync(new FeedFile($"{Name}/chainguard/security.json", new Uri("https://packages.cgr.dev/chainguard/security.json")) { Key = "packages" }, cancellation);

    /// <inheritdoc/>
    protected override string Ecosystem(string folder, JsonElement document) => "Chainguard";
}
