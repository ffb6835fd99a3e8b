using System.Net;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Fetches single files into a folder.</summary>
internal sealed class FileFetcher(HttpClient http, TimeProvider time, FetchOptions options, FeedRoot folder, Func<string, Uri, Uri> address)
{
    private const int Chunk = 1 << 16;

    // A server that let one file down in spite of all tries gets one try for each of the others: it is asked again at the next update.
    private bool _letDown;

    /// <summary>Brings one file up to date and says what became of it.</summary>
    public async Task<(FetchState State, string? Reason, long Bytes, DateTimeOffset? LastSuccess)> FetchAsync(
        string path, Uri publisher, CancellationToken cancellation)
    {
        var target = folder.At(path.Split('/'));
        var notes = folder.At(".fetched", path.Replace('/', '_') + ".json");
        var from = address(path, publisher);
        var known = File.Exists(target) ? FileValidators.Read(notes, from) : null;
        for (var attempt = 1; ; attempt++)
        {
            var (state, reason, bytes, wait) = await TryAsync(from, target, notes, known, cancellation);
            if (state != FetchState.Failed)
            {
                return (state, reason, bytes, state == FetchState.Missing ? known?.LastSuccess : time.GetUtcNow());
            }

            wait ??= TimeSpan.FromSeconds(Math.Pow(2, attempt));
            if (bytes < 0 || attempt >= (_letDown ? 1 : options.Tries) || wait > options.LongestWait)
            {
                _letDown |= bytes >= 0;
                return (state, reason, Math.Max(bytes, 0), known?.LastSuccess);
            }

            await Task.Delay(wait.Value, time, cancellation);
        }
    }

    /// <summary>One try. A failure that another try will not mend has less than no bytes.</summary>
    private async Task<(FetchState State, string? Reason, long Bytes, TimeSpan? Wait)> TryAsync(
        Uri from, string target, string notes, FileValidators? known, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watchdog = time.CreateTimer(_ => silence.Cancel(), null, options.Silence, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, from);
            known?.Apply(request.Headers);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
            {
                (known with { LastSuccess = time.GetUtcNow() }).Write(notes);
                return (FetchState.Unchanged, null, 0, null);
            }

            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return (FetchState.Missing, $"the server answers {(int)response.StatusCode}", 0, null);
            }

            if (!response.IsSuccessStatusCode)
            {
                var again = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;
                return (FetchState.Failed, $"the server answers {(int)response.StatusCode}", again ? 0 : -1, RetryAfter(response));
            }

            var bytes = await SaveAsync(response, target, watchdog, silence.Token);
            new FileValidators(from.AbsoluteUri, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, time.GetUtcNow()).Write(notes);
            return (FetchState.New, null, bytes, null);
        }
        catch (FeedFileException exception)
        {
            return (FetchState.Failed, exception.Message, -1, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (FetchState.Failed, $"the server said nothing for {options.Silence.TotalSeconds:0} s", 0, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (FetchState.Failed, exception.Message, 0, null);
        }
    }

    /// <summary>Puts the answer in the file's place once it is whole.</summary>
    private async Task<long> SaveAsync(HttpResponseMessage response, string target, ITimer watchdog, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = target + ".fetching";
        try
        {
            long total = 0;
            using (var file = File.Create(temporary))
            using (var body = await response.Content.ReadAsStreamAsync(cancellation))
            {
                var buffer = new byte[Chunk];
                int read;
                while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
                {
                    watchdog.Change(options.Silence, Timeout.InfiniteTimeSpan);
                    if (total == 0)
                    {
                        RefuseWebPage(buffer.AsSpan(0, read));
                    }

                    total += read;
                    if (total > options.LongestFile)
                    {
                        throw new FeedFileException($"the file is larger than {options.LongestFile >> 20} MiB");
                    }

                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            }

            if (response.Content.Headers.ContentLength is { } announced && announced != total)
            {
                throw new IOException($"the answer was cut: {total} of {announced} bytes");
            }

            File.Move(temporary, target, overwrite: true);
            return total;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A proxy or a portal answers with a page and says that all is well.</summary>
    private static void RefuseWebPage(ReadOnlySpan<byte> beginning)
    {
        if (beginning.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..])
        {
            throw new FeedFileException("the server answers with a web page, not with data");
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
