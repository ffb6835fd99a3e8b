using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.SecDb;

/// <summary>Alpine's security database, branch by branch.</summary>
internal sealed class AlpineSecDbFeed : SecDbFeed
{
    private const int FirstBranch = 10;
    private const int BranchesToday = 23;
    private const int MostBranches = 99;

    private static readonly Uri Publisher = new("https://secdb.alpinelinux.org/");

    /// <inheritdoc/>
    public override string Name => "alpine-secdb";

    /// <summary>The branches are numbered one after another; the first that is not there yet is the end.</summary>
    public override async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        for (var branch = FirstBranch; branch <= MostBranches; branch++)
        {
            if (!await FetchAsync(files, $"v3.{branch}", isKnown: branch <= BranchesToday, cancellation) && branch > BranchesToday)
            {
                break;
            }
        }

        await FetchAsync(files, "edge", isKnown: true, cancellation);
    }

    /// <inheritdoc/>
    protected override string Ecosystem(string folder, JsonElement document) => $"Alpine:{document.Text("distroversion") ?? folder}";

    private async Task<bool> FetchAsync(IFeedFiles files, string branch, bool isKnown, CancellationToken cancellation)
    {
        var presence = isKnown ? FeedFilePresence.Publisher : FeedFilePresence.Nobody;
        return await files.FetchAsync(File(branch, "main.json") with { Presence = presence }, cancellation)
            && await files.FetchAsync(File(branch, "community.json"), cancellation);
    }

    // A branch may have no flaws yet: its list of packages is empty, and no more than that is asked of it.
    private FeedFile File(string branch, string file) => new($"{Name}/{branch}/{file}", new Uri(Publisher, $"{branch}/{file}"));
}
