using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Fetches single files into a folder, each from the first server that gives it.</summary>
internal sealed class FileFetcher(HttpClient http, TimeProvider time, FetchOptions options, FeedRoot folder, ImmutableArray<Uri> mirrors)
{
    // A server that let one file down in spite of all tries gets one try for each of the others: it is asked again at the next update.
    private readonly ConcurrentDictionary<string, bool> _letDown = new(StringComparer.Ordinal);

    /// <summary>True where files come from their publishers themselves.</summary>
    public bool AsksPublishers => mirrors.IsEmpty;

    /// <summary>True where there is a server to ask for a file.</summary>
    public bool Knows(FeedFile file) => !file.Publishers.IsEmpty || !mirrors.IsEmpty;

    /// <summary>Brings one file up to date and says what became of it.</summary>
    public async Task<(FetchState State, string? Reason, long Bytes, DateTimeOffset? LastSuccess)> FetchAsync(
        FeedFile file, CancellationToken cancellation)
    {
        var target = folder.At(file.Path.Split('/'));
        var notes = folder.At(".fetched", file.Path.Replace('/', '_') + ".json");
        (FetchState State, string? Reason, long Bytes, DateTimeOffset? LastSuccess)? worst = null;
        foreach (var from in mirrors.IsEmpty ? file.Publishers : mirrors.Select(root => Below(root, file.Path)))
        {
            var result = await FetchAsync(new FileRequest(http, time, options, from, file, target, notes), cancellation);
            if (result.State is FetchState.New or FetchState.Unchanged)
            {
                return result;
            }

            worst = worst is { State: FetchState.Failed } failed ? failed : result;
        }

        return worst!.Value;
    }

    private async Task<(FetchState State, string? Reason, long Bytes, DateTimeOffset? LastSuccess)> FetchAsync(FileRequest request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, reason, bytes, wait) = await request.TryAsync(cancellation);
            if (state != FetchState.Failed)
            {
                return (state, reason, bytes, state == FetchState.Missing ? request.LastSuccess : time.GetUtcNow());
            }

            wait ??= TimeSpan.FromSeconds(Math.Pow(2, attempt));
            if (bytes < 0 || attempt >= (_letDown.ContainsKey(request.Server) ? 1 : options.Tries) || wait > options.LongestWait)
            {
                if (bytes >= 0)
                {
                    _letDown[request.Server] = true;
                }

                return (state, reason, Math.Max(bytes, 0), request.LastSuccess);
            }

            await Task.Delay(wait.Value, time, cancellation);
        }
    }

    private static Uri Below(Uri root, string path)
    {
        var folder = root.AbsoluteUri.EndsWith('/') ? root : new Uri(root.AbsoluteUri + "/");
        return new Uri(folder, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
    }
}
