using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Distribution;

/// <summary>
/// Writes to a registry (OCI distribution spec 1.1, "Push"): a blob in one piece, then the manifest. Logs in with a password where the registry
/// asks for one, or with a token that its token service gives for pulling and pushing in this repository.
/// </summary>
internal sealed class RegistryPush(HttpClient http, IRegistryCredentials credentials, PlainHosts plain)
{
    private const int LargestToken = 1 << 20;

    private readonly Dictionary<string, AuthenticationHeaderValue> _logins = new(StringComparer.Ordinal);

    /// <summary>Puts a blob there, unless it is there already.</summary>
    public async Task PutBlobAsync(ImageReference image, string digest, long length, Func<Stream> open, CancellationToken cancellation)
    {
        using (var known = await SendAsync(image, () => new HttpRequestMessage(HttpMethod.Head, Address(image, $"blobs/{digest}")), cancellation))
        {
            if (known.IsSuccessStatusCode)
            {
                return;
            }
        }

        using var begun = await SendAsync(image, () => new HttpRequestMessage(HttpMethod.Post, Address(image, "blobs/uploads/")), cancellation);
        if (begun.StatusCode != HttpStatusCode.Accepted || begun.Headers.Location is not { } place)
        {
            throw Refused(image, "accept an upload", begun);
        }

        // The place may be relative, and may have a query of its own.
        var upload = new UriBuilder(new Uri(Address(image, ""), place));
        upload.Query = $"{upload.Query.TrimStart('?')}{(upload.Query.Length > 1 ? "&" : "")}digest={Uri.EscapeDataString(digest)}";
        using var done = await SendAsync(
            image,
            () =>
            {
                var content = new StreamContent(open());
                content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                content.Headers.ContentLength = length;
                return new HttpRequestMessage(HttpMethod.Put, upload.Uri) { Content = content };
            },
            cancellation);
        if (done.StatusCode != HttpStatusCode.Created)
        {
            throw Refused(image, "store a blob", done);
        }
    }

    /// <summary>Puts a manifest there under a tag.</summary>
    public async Task PutManifestAsync(ImageReference image, string tag, string mediaType, byte[] manifest, CancellationToken cancellation)
    {
        using var done = await SendAsync(
            image,
            () =>
            {
                var content = new ByteArrayContent(manifest);
                content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
                return new HttpRequestMessage(HttpMethod.Put, Address(image, $"manifests/{tag}")) { Content = content };
            },
            cancellation);
        if (done.StatusCode != HttpStatusCode.Created)
        {
            throw Refused(image, "store a manifest", done);
        }
    }

    private static ArtifactException Refused(ImageReference image, string what, HttpResponseMessage response) =>
        new($"{image.Registry} did not {what} in {image.Repository}: it answered with status {(int)response.StatusCode}");

    private Uri Address(ImageReference image, string path) =>
        new($"{(plain.Contains(image.Registry) ? "http" : "https")}://{image.Registry}/v2/{image.Repository}/{path}");

    /// <summary>Sends a request, and once more with a login where the registry asks for one.</summary>
    private async Task<HttpResponseMessage> SendAsync(ImageReference image, Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        try
        {
            var response = await SendOnceAsync(image, request(), cancellation);
            if (response.StatusCode != HttpStatusCode.Unauthorized)
            {
                return response;
            }

            using (response)
            {
                _logins[image.Registry] = await LoginAsync(image, response.Headers.WwwAuthenticate, cancellation);
            }

            return await SendOnceAsync(image, request(), cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new ArtifactException($"writing to {image.Registry} failed: {error.Message}", error);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ImageReference image, HttpRequestMessage request, CancellationToken cancellation)
    {
        // A login is for the registry itself, and not for wherever it sends an upload.
        var own = request.RequestUri!.Authority == Address(image, "").Authority;
        request.Headers.Authorization = own ? _logins.GetValueOrDefault(image.Registry) : null;
        using (request)
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
    }

    private async Task<AuthenticationHeaderValue> LoginAsync(
        ImageReference image, IEnumerable<AuthenticationHeaderValue> challenges, CancellationToken cancellation)
    {
        var credential = credentials.Find(image.Registry, image.Repository).FirstOrDefault(found => found.Username.Length > 0);
        var basic = credential is null ? null
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password}")));
        foreach (var challenge in challenges)
        {
            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && basic is not null)
            {
                return basic;
            }

            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && await TokenAsync(image, challenge.Parameter ?? "", basic, cancellation) is { } token)
            {
                return new AuthenticationHeaderValue("Bearer", token);
            }
        }

        throw new ArtifactException($"{image.Registry} did not accept the credentials for {image.Repository}, or none were found: log in with 'docker login {image.Registry}'");
    }

    private async Task<string?> TokenAsync(ImageReference image, string parameters, AuthenticationHeaderValue? basic, CancellationToken cancellation)
    {
        if (Parameter(parameters, "realm") is not { } realm || !Uri.TryCreate(realm, UriKind.Absolute, out var service)
            || (service.Scheme != Uri.UriSchemeHttps && !plain.Contains(service.Authority)))
        {
            return null;
        }

        var query = $"scope={Uri.EscapeDataString($"repository:{image.Repository}:pull,push")}"
            + (Parameter(parameters, "service") is { } name ? $"&service={Uri.EscapeDataString(name)}" : "");
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new UriBuilder(service) { Query = service.Query.Length > 1 ? $"{service.Query[1..]}&{query}" : query }.Uri);
        request.Headers.Authorization = basic;
        using var response = await http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsByteArrayAsync(cancellation);
        if (!response.IsSuccessStatusCode || answer.Length > LargestToken)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.TryGetProperty("token", out var token) || json.RootElement.TryGetProperty("access_token", out token) ? token.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A parameter of a challenge: <c>realm="https://…",service="…"</c>.</summary>
    private static string? Parameter(string parameters, string name)
    {
        var at = parameters.IndexOf(name + "=\"", StringComparison.OrdinalIgnoreCase);
        var start = at + name.Length + 2;
        var end = at < 0 ? -1 : parameters.IndexOf('"', start);
        return end < 0 ? null : parameters[start..end];
    }
}
