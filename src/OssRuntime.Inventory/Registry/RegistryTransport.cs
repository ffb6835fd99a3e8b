using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// Sends requests: with a deadline for the answer's headers, following redirects by itself so that a credential never leaves the host it
/// is for, never from HTTPS to HTTP, and turning every failure of the network into a stated reason.
/// </summary>
internal sealed class RegistryTransport : IDisposable
{
    private const int MostRedirects = 5;

    private readonly HttpClient _http;
    private readonly RegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly IRegistryObserver? _observer;

    public RegistryTransport(RegistryOptions options, TimeProvider time, IRegistryObserver? observer)
    {
        _options = options;
        _time = time;
        _observer = observer;
        _http = new HttpClient(Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
    }

    /// <summary>The answer's status and headers; the body has still to be read.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="make">Makes the request for the first URL; called once.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="InventoryException">There is no answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(RegistryRequestKind kind, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        var request = make();
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(kind, request, cancellation);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            var from = request.RequestUri!;
            var target = location.IsAbsoluteUri ? location : new Uri(from, location);
            if (redirects == MostRedirects || !MayGo(from, target))
            {
                throw Failure(FailureReason.RegistryError, $"{from.Authority} redirects {(redirects == MostRedirects ? "without end" : $"to {target.Scheme}://{target.Authority}, which is not followed")}");
            }

            request = Follow(request, target);
        }
    }

    /// <summary>Counts bytes of a body.</summary>
    public void Received(HttpResponseMessage response, long bytes) => _observer?.Received(response.RequestMessage!.RequestUri!.Authority, bytes);

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(RegistryOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = options.RefusedRanges.IsEmpty ? null : new RegistryDialer(options).ConnectAsync,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            MaxResponseHeadersLength = 64,

            // A body that is given up closes its connection at once: that is what wakes a reader out of a stalled one.
            MaxResponseDrainSize = 0,
        };
        if (options.TrustedRoots is { Count: > 0 } roots)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            using var system = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
            policy.CustomTrustStore.AddRange(system.Certificates);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        return handler;
    }

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private static HttpRequestMessage Follow(HttpRequestMessage request, Uri target)
    {
        var next = new HttpRequestMessage(HttpMethod.Get, target);
        var isSameHost = string.Equals(target.Authority, request.RequestUri!.Authority, StringComparison.OrdinalIgnoreCase)
            && target.Scheme == request.RequestUri.Scheme;
        foreach (var header in request.Headers.Where(h => isSameHost || !h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
        {
            next.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return next;
    }

    private static InventoryException Failure(FailureReason reason, string message, Exception? inner = null) =>
        new(new InventoryFailure(reason, message, Retryable: true), inner);

    private bool MayGo(Uri from, Uri target) =>
        target.Scheme == Uri.UriSchemeHttps
        || (target.Scheme == Uri.UriSchemeHttp && from.Scheme == Uri.UriSchemeHttp && RegistryEndpoint.IsPlain(target.Authority, _options));

    private async Task<HttpResponseMessage> SendOnceAsync(RegistryRequestKind kind, HttpRequestMessage request, CancellationToken cancellation)
    {
        var host = request.RequestUri!.Authority;
        var started = _time.GetTimestamp();
        using var deadline = new CancellationTokenSource(_options.ConnectTimeout + _options.AnswerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        HttpStatusCode? status = null;
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            status = response.StatusCode;
            return response;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Failure(FailureReason.RegistryStalled, $"{host} did not answer within {_options.AnswerTimeout.TotalSeconds:0} s", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw Failure(FailureReason.RegistryUnreachable, $"{host} took no connection within {_options.ConnectTimeout.TotalSeconds:0} s", e);
        }
        catch (HttpRequestException e)
        {
            throw Failure(FailureReason.RegistryUnreachable, $"{host} is not reached: {Cause(e)}", e);
        }
        finally
        {
            _observer?.Answered(host, kind, status, _time.GetElapsedTime(started));
        }
    }

    private static string Cause(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name does not resolve",
        HttpRequestError.SecureConnectionError => $"no secure connection ({e.InnerException?.Message ?? e.Message})",
        HttpRequestError.ConnectionError => e.InnerException?.Message ?? e.Message,
        HttpRequestError.ResponseEnded => "it closed the connection without an answer",
        HttpRequestError.InvalidResponse => "its answer is not HTTP",
        _ => e.Message,
    };
}
