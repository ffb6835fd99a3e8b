using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OssRuntime.Stage.Pods;

/// <summary>
/// Asks registries what a name stands for, as containerd does before it pulls: one HEAD request for the manifest, a login where the
/// registry wants one, and for an index a look whether it has the node's platform. Nothing is downloaded.
/// </summary>
internal sealed partial class ImagePuller : IDisposable
{
    /// <summary>By this name registries' logs tell these requests from those of others.</summary>
    public const string UserAgent = "ossruntime-stage";

    private const string Index = "application/vnd.oci.image.index.v1+json";
    private const string ManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static readonly string[] Manifests =
        ["application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json", Index, ManifestList];

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 8 }) { Timeout = TimeSpan.FromSeconds(30) };

    public ImagePuller() => _http.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);

    /// <summary>Finds out what the name stands for.</summary>
    /// <param name="image">As the pod's container names it.</param>
    /// <param name="architecture">The node's.</param>
    /// <param name="logins">What the pod's pull secrets hold: registry host to <c>user:password</c> in Base64.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<PullOutcome> PullAsync(
        string image, string architecture, IReadOnlyDictionary<string, string> logins, CancellationToken cancellationToken)
    {
        if (ImageName.Parse(image) is not { } name)
            return new PullOutcome(image, null, "InvalidImageName", $"Failed to apply default image tag \"{image}\": couldn't parse image reference");
        try
        {
            using var head = await AskAsync(HttpMethod.Head, name, logins.GetValueOrDefault(name.Registry), cancellationToken);
            if (!head.IsSuccessStatusCode)
                return Failed(name, $"unexpected status code {(int)head.StatusCode} {head.ReasonPhrase}");
            var digest = name.Digest ?? (head.Headers.TryGetValues("Docker-Content-Digest", out var told) ? told.First() : null);
            if (digest is null)
                return Failed(name, "the registry tells no digest");
            if (head.Content.Headers.ContentType?.MediaType is Index or ManifestList
                && !await HasPlatformAsync(name with { Digest = digest }, architecture, logins, cancellationToken))
                return Failed(name, $"no match for platform in manifest: linux/{architecture}");
            return new PullOutcome(name.ToString(), $"{name.Name}@{digest}");
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or JsonException || (unreachable is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Failed(name, unreachable.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private static PullOutcome Failed(ImageName name, string why) =>
        new(name.ToString(), null, "ErrImagePull", $"failed to pull and unpack image \"{name}\": failed to resolve reference \"{name}\": {why}");

    private async Task<bool> HasPlatformAsync(
        ImageName name, string architecture, IReadOnlyDictionary<string, string> logins, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(HttpMethod.Get, name, logins.GetValueOrDefault(name.Registry), cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        using var index = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return index.RootElement.GetProperty("manifests").EnumerateArray().Any(manifest =>
            manifest.TryGetProperty("platform", out var platform)
            && platform.GetProperty("os").GetString() == "linux"
            && platform.GetProperty("architecture").GetString() == architecture);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, ImageName name, string? login, CancellationToken cancellationToken)
    {
        var first = await SendAsync(method, name, null, cancellationToken);
        if (first.StatusCode != HttpStatusCode.Unauthorized)
            return first;
        var challenge = first.Headers.WwwAuthenticate.FirstOrDefault();
        var answer = challenge?.Scheme.ToLowerInvariant() switch
        {
            "basic" when login is not null => new AuthenticationHeaderValue("Basic", login),
            "bearer" => await TokenAsync(challenge.Parameter ?? "", name, login, cancellationToken),
            _ => null,
        };
        if (answer is null)
            return first;
        first.Dispose();
        return await SendAsync(method, name, answer, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, ImageName name, AuthenticationHeaderValue? login, CancellationToken cancellationToken)
    {
        // containerd, too, speaks plain HTTP with registries on the machine itself, and finds Docker Hub at another host than it is named by.
        var scheme = name.Registry.StartsWith("127.0.0.1", StringComparison.Ordinal) || name.Registry.StartsWith("localhost", StringComparison.Ordinal) ? "http" : "https";
        var host = name.Registry == "docker.io" ? "registry-1.docker.io" : name.Registry;
        var request = new HttpRequestMessage(method, new Uri($"{scheme}://{host}/v2/{name.Repository}/manifests/{name.Reference}"));
        foreach (var type in Manifests)
            request.Headers.Accept.ParseAdd(type);
        request.Headers.Authorization = login;
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    // The token dance of the distribution specification: the challenge names where to ask and for what.
    private async Task<AuthenticationHeaderValue?> TokenAsync(string challenge, ImageName name, string? login, CancellationToken cancellationToken)
    {
        var parts = Parameter().Matches(challenge).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("realm", out var realm))
            return null;
        var query = $"service={Uri.EscapeDataString(parts.GetValueOrDefault("service", ""))}&scope={Uri.EscapeDataString($"repository:{name.Repository}:pull")}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{realm}{(realm.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}"));
        if (login is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login);
        using var answer = await _http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            return null;
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        var token = body.RootElement.TryGetProperty("token", out var named) || body.RootElement.TryGetProperty("access_token", out named) ? named.GetString() : null;
        return token is null ? null : new AuthenticationHeaderValue("Bearer", token);
    }

    [GeneratedRegex("""(?<name>\w+)="(?<value>[^"]*)" *""", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
