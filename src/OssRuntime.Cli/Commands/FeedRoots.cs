using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Commands;

/// <summary>Where feeds are read from: folders as they are, servers and publishers through copies that are kept in a folder.</summary>
internal sealed class FeedRoots(TimeProvider time, string cache)
{
    private const string Publishers = "publishers";

    private readonly List<FeedTrouble> _troubles = [];

    /// <summary>What could not be had.</summary>
    public ImmutableArray<FeedTrouble> Troubles => [.. _troubles];

    /// <summary>Sources that their publishers no longer have, and of which the copies are gone too: that they are missing is right.</summary>
    public ImmutableHashSet<string> Gone { get; private set; } = [];

    /// <summary>The roots that the user named.</summary>
    /// <exception cref="CommandLineException">One is neither a folder nor an address.</exception>
    public async Task<IReadOnlyList<FeedRoot>> OpenAsync(IEnumerable<string> names, IProgress<string>? progress, CancellationToken cancel)
    {
        var roots = new List<FeedRoot>();
        foreach (var name in names)
        {
            roots.Add(
                name == Publishers ? await FetchAsync([], progress, cancel)
                : FeedMirror.IsAddress(name) ? await FetchAsync(FeedMirror.Addresses(name), progress, cancel)
                : Directory.Exists(name) ? new FeedRoot(name)
                : throw new CommandLineException(ExitCode.Unreadable, $"feeds cannot be read: the folder {name} does not exist"));
        }

        return roots;
    }

    /// <summary>What could not be fetched is told, and the last good copy is read, with its age.</summary>
    private async Task<FeedRoot> FetchAsync(ImmutableArray<Uri> mirrors, IProgress<string>? progress, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var result = await new FeedMirror(http, time, cache).FetchAsync(mirrors, FeedCatalog.All, progress, cancel);
        _troubles.AddRange(result.Troubles);
        Gone = Gone.Union(result.Gone.Where(gone => gone.LastSuccess is null).Select(gone => gone.Path));
        foreach (var failure in result.Failures)
        {
            await Console.Error.WriteLineAsync($"ossruntime: {failure.Path} could not be downloaded: {TerminalText.Safe(failure.Reason ?? "")}; {Age(failure)}");
        }

        foreach (var gone in result.Gone)
        {
            await Console.Error.WriteLineAsync($"ossruntime: {gone.Path}: {gone.Reason}");
        }

        return result.Root;
    }

    private static string Age(FetchedFile file) => file.LastSuccess is { } last ? $"the copy downloaded at {last:u} is used" : "there is no earlier copy, so its data is missing";
}
