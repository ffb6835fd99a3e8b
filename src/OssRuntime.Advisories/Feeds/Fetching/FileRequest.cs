using System.Net;
using System.Net.Http.Headers;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Asks one server for one file.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Bounds.</param>
/// <param name="from">The file's address.</param>
/// <param name="file">The file, and what must be in it.</param>
/// <param name="target">Where it is put.</param>
/// <param name="notes">Where it is written down what the file is recognised by.</param>
internal sealed class FileRequest(HttpClient http, TimeProvider time, FetchOptions options, Uri from, FeedFile file, string target, string notes)
{
    private static readonly ProductInfoHeaderValue Agent = new("ossruntime", typeof(FileRequest).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly PartialFile _partial = new(from, file, target, notes, options.LongestFile);
    private readonly FileValidators? _known = FileValidators.ReadOf(target, notes, from);

    /// <summary>The server, by which its failures are counted.</summary>
    public string Server => from.Authority;

    /// <summary>When the file in place was last right.</summary>
    public DateTimeOffset? LastSuccess => _known?.LastSuccess ?? FileValidators.LastSuccessOf(notes, target);

    /// <summary>One try. A failure that another try will not mend has less than no bytes.</summary>
    public async Task<(FetchState State, string? Reason, long Bytes, TimeSpan? Wait)> TryAsync(CancellationToken cancellation)
    {
        using var pace = new Pace(time, options, cancellation);
        try
        {
            using var request = Ask();
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, pace.Ended);
            if (response.StatusCode == HttpStatusCode.NotModified && _known is not null)
            {
                _partial.Forget();
                (_known with { LastSuccess = time.GetUtcNow() }).Write(notes);
                return (FetchState.Unchanged, null, 0, null);
            }

            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return (FetchState.Missing, $"the server answers {(int)response.StatusCode}", 0, null);
            }

            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent))
            {
                _partial.Forget();
                var again = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.RequestedRangeNotSatisfiable || (int)response.StatusCode >= 500;
                return (FetchState.Failed, $"the server answers {(int)response.StatusCode}", again ? 0 : -1, RetryAfter(response.Headers.RetryAfter));
            }

            var bytes = await _partial.TakeAsync(response, pace, time.GetUtcNow(), pace.Ended);
            return (FetchState.New, null, bytes, null);
        }
        catch (FeedFileException exception)
        {
            return (FetchState.Failed, exception.Message, -1, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (FetchState.Failed, pace.Reason, 0, null);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (FetchState.Failed, exception.Message, 0, null);
        }
    }

    private HttpRequestMessage Ask()
    {
        // Many small files of one server share a connection where it speaks HTTP/2.
        var request = new HttpRequestMessage(HttpMethod.Get, from) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.UserAgent.Add(Agent);
        request.Headers.AcceptEncoding.ParseAdd(FileWrapping.Accepts(target));
        _known?.Apply(request.Headers);
        _partial.Apply(request.Headers);
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked)
    {
        var wait = asked?.Delta ?? (asked?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
