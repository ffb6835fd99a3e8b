using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// Reads from registries (OCI distribution spec 1.1, "Pull"):
/// <code>
///  image ─► RegistryEndpoint: mirrors, then the registry
///             └► RegistryGate: so many at a time, none while it asked for patience
///                  └► RegistryTransport: deadline, redirects, reasons
///                       └► 401? RegistryLogin: each credential that fits, then none
/// </code>
/// One client serves the whole process. It keeps tokens and the registries' wishes, and it never repeats a request that failed but to
/// take up a blob where it broke off: when to come back is up to the caller, who is told what the registry asked for.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private static readonly string[] Manifests = [MediaTypes.OciIndex, MediaTypes.OciManifest, MediaTypes.DockerIndex, MediaTypes.DockerManifest];

    private const int MostPages = 16;

    private readonly RegistryOptions _options;
    private readonly TimeProvider _time;
    private readonly RegistryTransport _transport;
    private readonly RegistryTokens _tokens;
    private readonly RegistryLogin _login;
    private readonly ConcurrentDictionary<string, RegistryGate> _gates = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, IReadOnlyList<AuthChallenge>> _challenges = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a client.</summary>
    /// <param name="options">How registries are spoken to.</param>
    /// <param name="time">The clock of deadlines and of tokens.</param>
    /// <param name="observer">Is told of every request, or null.</param>
    public RegistryClient(RegistryOptions options, TimeProvider time, IRegistryObserver? observer)
    {
        _options = options;
        _time = time;
        _transport = new RegistryTransport(options, time, observer);
        _tokens = new RegistryTokens(time);
        _login = new RegistryLogin(_transport, options, _tokens);
    }

    /// <summary>The manifest or index of an image, by its digest or its tag.</summary>
    /// <exception cref="InventoryException">It can't be had, for the reason it carries.</exception>
    public async Task<RegistryManifest> GetManifestAsync(ImageReference image, IRegistryCredentials credentials, CancellationToken cancellation)
    {
        var reference = image.Digest?.Value ?? image.Tag ?? "latest";
        return await FromAnyAsync(image, endpoint => GetManifestAsync(endpoint, reference, image.Digest, credentials, cancellation));
    }

    /// <summary>The indexes of what refers to a manifest of the image's repository, page by page; null where the registry does not know the question.</summary>
    /// <exception cref="InventoryException">They can't be had, for the reason it carries.</exception>
    public Task<IReadOnlyList<byte[]>?> GetReferrersAsync(
        ImageReference image, Digest subject, IRegistryCredentials credentials, CancellationToken cancellation) =>
        FromAnyAsync(image, endpoint => GetReferrersAsync(endpoint, subject, credentials, cancellation));

    /// <summary>A blob of an image's repository. Cut connections are taken up again; the bytes are for the reader to verify.</summary>
    /// <exception cref="InventoryException">It can't be had, for the reason it carries; reading throws it too.</exception>
    public Task<Stream> OpenBlobAsync(
        ImageReference image, BlobDescriptor blob, IRegistryCredentials credentials, CancellationToken cancellation) =>
        FromAnyAsync(image, endpoint => OpenBlobAsync(endpoint, blob, credentials, cancellation));

    /// <inheritdoc/>
    public void Dispose()
    {
        _transport.Dispose();
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    /// <summary>Asks for a blob from an offset on.</summary>
    /// <exception cref="InventoryException">It can't be had, for the reason it carries.</exception>
    internal async Task<HttpResponseMessage> SendAsync(BlobRequest request, long offset)
    {
        var (endpoint, digest) = (request.Endpoint, request.Blob.Digest);
        var range = offset == 0 ? null : new RangeHeaderValue(offset, null);
        var response = await SendAsync(
            endpoint, RegistryRequestKind.Blob, endpoint.Blob(digest), range, request.Credentials, request.Cancellation);
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return response;
        }

        using (response)
        {
            throw Refused(endpoint, response, FailureReason.BlobUnknown, $"has no blob {digest} in {endpoint.Repository}");
        }
    }

    /// <summary>Asks the mirrors in their order. What a mirror can't do is no failure: the registry itself has the last word.</summary>
    private async Task<T> FromAnyAsync<T>(ImageReference image, Func<RegistryEndpoint, Task<T>> ask)
    {
        var endpoints = RegistryEndpoint.Of(image, _options);
        foreach (var mirror in endpoints.SkipLast(1))
        {
            try
            {
                return await ask(mirror);
            }
            catch (InventoryException)
            {
                // The next one may do better.
            }
        }

        return await ask(endpoints[^1]);
    }

    private async Task<RegistryManifest> GetManifestAsync(
        RegistryEndpoint endpoint, string reference, Digest? digest, IRegistryCredentials credentials, CancellationToken cancellation)
    {
        using var place = await GateOf(endpoint).EnterAsync(cancellation);
        using var response = await SendAsync(endpoint, RegistryRequestKind.Manifest, endpoint.Manifest(reference), null, credentials, cancellation);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Refused(endpoint, response, FailureReason.ManifestUnknown, $"has no image {endpoint.Repository} {reference}");
        }

        var content = await ReadAllAsync(endpoint, response, cancellation);
        _transport.Received(response, content.Length);
        var announced = response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.FirstOrDefault(), out var given)
            ? given
            : default(Digest?);
        var expected = digest ?? announced ?? Digest.OfSha256(System.Security.Cryptography.SHA256.HashData(content));
        var descriptor = new BlobDescriptor(expected, content.Length, response.Content.Headers.ContentType?.MediaType ?? "");
        ManifestResolver.Verify(content, descriptor);
        return new RegistryManifest(content, descriptor);
    }

    private async Task<IReadOnlyList<byte[]>?> GetReferrersAsync(
        RegistryEndpoint endpoint, Digest subject, IRegistryCredentials credentials, CancellationToken cancellation)
    {
        using var place = await GateOf(endpoint).EnterAsync(cancellation);
        var pages = new List<byte[]>();
        for (var url = endpoint.Referrers(subject); url is not null && pages.Count < MostPages;)
        {
            using var response = await SendAsync(endpoint, RegistryRequestKind.Manifest, url, null, credentials, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            {
                throw Refused(endpoint, response, FailureReason.ManifestUnknown, "knows no referrers");
            }

            // Old registries answer 404, 400 or 405, and some with a page for people.
            if (response.StatusCode != HttpStatusCode.OK || !MediaTypes.IsIndex(response.Content.Headers.ContentType?.MediaType))
            {
                return pages.Count == 0 ? null : pages;
            }

            var content = await ReadAllAsync(endpoint, response, cancellation);
            _transport.Received(response, content.Length);
            pages.Add(content);
            url = NextPage.Of(response, url);
        }

        return pages;
    }

    private async Task<byte[]> ReadAllAsync(RegistryEndpoint endpoint, HttpResponseMessage response, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_options.AnswerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return await BoundedRead.AllAsync(stream, ManifestDocument.LargestDocument, "the manifest", either.Token);
        }
        catch (InventoryException e) when (e.Failure.Reason == FailureReason.LimitExceeded)
        {
            // Whoever asks another registry for the same digest may get what it stands for.
            throw new InventoryException(e.Failure with { Retryable = true }, e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new InventoryException(
                new InventoryFailure(FailureReason.RegistryStalled, $"{endpoint.Registry} did not finish a manifest", Retryable: true), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new InventoryException(new InventoryFailure(FailureReason.BlobCut, $"{endpoint.Registry} broke off a manifest", Retryable: true), e);
        }
    }

    private async Task<Stream> OpenBlobAsync(
        RegistryEndpoint endpoint, BlobDescriptor blob, IRegistryCredentials credentials, CancellationToken cancellation)
    {
        var place = await GateOf(endpoint).EnterAsync(cancellation);
        try
        {
            var request = new BlobRequest(this, endpoint, blob, credentials, cancellation);
            var stream = new BlobStream(request, _transport, _options, _time, place);
            await stream.OpenAsync();
            return stream;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request with each credential that fits until one is let in, and at last with none.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        RegistryEndpoint endpoint, RegistryRequestKind kind, Uri url, RangeHeaderValue? range, IRegistryCredentials credentials,
        CancellationToken cancellation)
    {
        var isForbidden = false;
        var fitting = credentials.Find(endpoint.Registry, endpoint.Repository);
        foreach (var credential in fitting.Append(null))
        {
            var header = _tokens.Find(endpoint, credential);
            if (header is null && _challenges.TryGetValue(endpoint.Registry, out var known))
            {
                header = await _login.AnswerAsync(endpoint, known, credential, cancellation);
            }

            var response = await _transport.SendAsync(kind, () => Request(url, header, range), cancellation);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                _tokens.Forget(endpoint, credential);
                var challenges = AuthChallenge.Parse(response.Headers.TryGetValues("WWW-Authenticate", out var values) ? values : []);
                _challenges[endpoint.Registry] = challenges;
                response.Dispose();
                if (await _login.AnswerAsync(endpoint, challenges, credential, cancellation) is not { } answer || answer == header)
                {
                    continue;
                }

                response = await _transport.SendAsync(kind, () => Request(url, answer, range), cancellation);
            }

            if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                return response;
            }

            isForbidden |= response.StatusCode == HttpStatusCode.Forbidden;
            response.Dispose();
        }

        throw NotLetIn(endpoint, isForbidden, fitting.Count);
    }

    private static HttpRequestMessage Request(Uri url, string? authorization, RangeHeaderValue? range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = range;
        foreach (var type in Manifests)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return request;
    }

    private static InventoryException NotLetIn(RegistryEndpoint endpoint, bool isForbidden, int credentials)
    {
        var shown = credentials switch
        {
            0 => "no credentials are known for it",
            1 => "the credential for it is refused",
            _ => $"all {credentials} credentials for it are refused",
        };
        return isForbidden
            ? new InventoryException(FailureReason.Forbidden, $"{endpoint.Registry} does not allow reading {endpoint.Repository}: {shown}")
            : new InventoryException(
                FailureReason.Unauthorized, $"{endpoint.Registry} wants to know who reads {endpoint.Repository}, or has no such repository: {shown}");
    }

    private InventoryException Refused(RegistryEndpoint endpoint, HttpResponseMessage response, FailureReason notFound, string missing)
    {
        var wait = RetryAfter.Of(response);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound:
                return new InventoryException(notFound, $"{endpoint.Registry} {missing}");
            case HttpStatusCode.TooManyRequests:
                return GateOf(endpoint).Close(wait);
            default:
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    GateOf(endpoint).Close(wait);
                }

                var mayHelp = response.StatusCode >= HttpStatusCode.InternalServerError;
                return new InventoryException(new InventoryFailure(
                    FailureReason.RegistryError, $"{endpoint.Registry} answers {(int)response.StatusCode}", mayHelp, wait));
        }
    }

    private RegistryGate GateOf(RegistryEndpoint endpoint) =>
        _gates.GetOrAdd(endpoint.Registry, registry => new RegistryGate(registry, _options.RequestsPerRegistry, _time));
}
