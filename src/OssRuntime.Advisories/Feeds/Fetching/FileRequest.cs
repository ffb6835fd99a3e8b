using System.Net;
using System.Net.Http.Headers;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Asks one server for one file.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Bounds.</param>
/// <param name="from">The file's address.</param>
/// <param name="target">Where it is put.</param>
/// <param name="notes">Where it is written down what the file is recognised by.</param>
internal sealed class FileRequest(HttpClient http, TimeProvider time, FetchOptions options, Uri from, string target, string notes)
{
    private readonly PartialFile _partial = new(from, target, notes, options.LongestFile);
    private readonly FileValidators? _known = File.Exists(target) ? FileValidators.Read(notes, from) : null;

    /// <summary>The server, by which its failures are counted.</summary>
    public string Server => from.Authority;

    /// <summary>When the file in place was last right.</summary>
    public DateTimeOffset? LastSuccess => _known?.LastSuccess ?? FileValidators.LastSuccessOf(notes, target);

    /// <summary>One try. A failure that another try will not mend has less than no bytes.</summary>
    public async Task<(FetchState State, string? Reason, long Bytes, TimeSpan? Wait)> TryAsync(CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var watchdog = time.CreateTimer(_ => silence.Cancel(), null, options.Silence, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, from);
            _known?.Apply(request.Headers);
            _partial.Apply(request.Headers);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode == HttpStatusCode.NotModified && _known is not null)
            {
                (_known with { LastSuccess = time.GetUtcNow() }).Write(notes);
                return (FetchState.Unchanged, null, 0, null);
            }

            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return (FetchState.Missing, $"the server answers {(int)response.StatusCode}", 0, null);
            }

            if (!response.IsSuccessStatusCode)
            {
                _partial.Forget();
                var again = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.RequestedRangeNotSatisfiable || (int)response.StatusCode >= 500;
                return (FetchState.Failed, $"the server answers {(int)response.StatusCode}", again ? 0 : -1, RetryAfter(response.Headers.RetryAfter));
            }

            var bytes = await _partial.TakeAsync(response, () => watchdog.Change(options.Silence, Timeout.InfiniteTimeSpan), time.GetUtcNow(), silence.Token);
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

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
