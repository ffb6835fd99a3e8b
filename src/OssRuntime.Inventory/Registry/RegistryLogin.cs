using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Registry;

/// <summary>
/// Answers a registry's challenge (distribution spec, "Token Authentication Specification" and "OAuth2 Token Authentication"; RFC 7617 for
/// Basic) with the header that opens the repository for reading.
/// </summary>
internal sealed class RegistryLogin(RegistryTransport transport, RegistryOptions options, RegistryTokens tokens)
{
    private const int LargestAnswer = 1 << 20;

    /// <summary>What the specification says where the service says nothing.</summary>
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BasicLifetime = TimeSpan.FromHours(1);

    /// <summary>The header to try, or null where the challenge can't be answered with this credential.</summary>
    /// <exception cref="InventoryException">The token service does not answer, or not as it should.</exception>
    public async Task<string?> AnswerAsync(
        RegistryEndpoint endpoint, IReadOnlyList<AuthChallenge> challenges, RegistryCredential? credential, CancellationToken cancellation)
    {
        foreach (var challenge in challenges)
        {
            if (challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
                && await TokenAsync(endpoint, challenge, credential, cancellation) is { } token)
            {
                return token;
            }

            if (challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && credential is { Username.Length: > 0 })
            {
                var header = Basic(credential);
                tokens.Keep(endpoint, credential, header, BasicLifetime);
                return header;
            }
        }

        return null;
    }

    private static string Basic(RegistryCredential credential) =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Username}:{credential.Password}"));

    private async Task<string?> TokenAsync(
        RegistryEndpoint endpoint, AuthChallenge challenge, RegistryCredential? credential, CancellationToken cancellation)
    {
        if (!challenge.Parameters.TryGetValue("realm", out var realm) || !Uri.TryCreate(realm, UriKind.Absolute, out var service))
        {
            throw Broken($"{endpoint.Registry} names no token service in its challenge");
        }

        if (service.Scheme != Uri.UriSchemeHttps
            && !(service.Scheme == Uri.UriSchemeHttp && endpoint.Base.Scheme == Uri.UriSchemeHttp && RegistryEndpoint.IsPlain(service.Authority, options)))
        {
            throw new InventoryException(
                FailureReason.InsecureRegistry, $"{endpoint.Registry} wants credentials sent to {service.Scheme}://{service.Authority}, which is not secure");
        }

        // Whatever the registry asks for, nothing is ever needed but to read this repository.
        var scope = $"repository:{endpoint.Repository}:pull";
        challenge.Parameters.TryGetValue("service", out var name);
        using var response = await transport.SendAsync(
            RegistryRequestKind.Token, () => TokenRequest(service, name, scope, credential), cancellation);
        if (!response.IsSuccessStatusCode)
        {
            return response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                ? throw Broken($"{service.Authority} answers {(int)response.StatusCode} instead of a token", RetryAfter.Of(response))
                : null;
        }

        return await ReadTokenAsync(endpoint, service, credential, response, cancellation);
    }

    private static HttpRequestMessage TokenRequest(Uri service, string? name, string scope, RegistryCredential? credential)
    {
        if (credential?.IdentityToken is { } refresh)
        {
            return new HttpRequestMessage(HttpMethod.Post, service)
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>
                {
                    ["grant_type"] = "refresh_token",
                    ["refresh_token"] = refresh,
                    ["service"] = name ?? "",
                    ["scope"] = scope,
                    ["client_id"] = "ossruntime",
                }),
            };
        }

        var query = $"scope={Uri.EscapeDataString(scope)}{(name is null ? "" : $"&service={Uri.EscapeDataString(name)}")}";
        var url = new UriBuilder(service) { Query = service.Query.Length > 1 ? $"{service.Query[1..]}&{query}" : query }.Uri;
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (credential is not null)
        {
            request.Headers.Authorization = AuthenticationHeaderValue.Parse(Basic(credential));
        }

        return request;
    }

    private async Task<string?> ReadTokenAsync(
        RegistryEndpoint endpoint, Uri service, RegistryCredential? credential, HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            using var json = JsonDocument.Parse(await BoundedRead.AllAsync(stream, LargestAnswer, "a token", cancellation));
            var token = Text(json.RootElement, "token") ?? Text(json.RootElement, "access_token");
            if (token is null || token.AsSpan().ContainsAnyInRange('\0', ' '))
            {
                throw Broken($"{service.Authority} sends no token");
            }

            var lifetime = json.RootElement.TryGetProperty("expires_in", out var expires) && expires.ValueKind == JsonValueKind.Number
                && expires.TryGetInt32(out var seconds)
                ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400))
                : ShortestLifetime;
            var header = $"Bearer {token}";
            tokens.Keep(endpoint, credential, header, lifetime);
            return header;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or HttpRequestException or IOException)
        {
            throw Broken($"{service.Authority} sends something that is not a token");
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;

    private static InventoryException Broken(string message, TimeSpan? retryAfter = null) =>
        new(new InventoryFailure(FailureReason.RegistryError, message, Retryable: true, retryAfter));
}
