using System.Text;
using Microsoft.AspNetCore.Http;

namespace OssRuntime.Testing.Registry;

/// <summary>How a fake registry lets clients in.</summary>
public sealed class FakeLogin
{
    private readonly FakeRegistry _registry;
    private readonly HashSet<string> _tokens = [];
    private string? _scheme;
    private string _pair = "";
    private bool _needsPassword;
    private int _issued;

    internal FakeLogin(FakeRegistry registry) => _registry = registry;

    /// <summary>How long tokens are good, in seconds; null leaves it unsaid.</summary>
    public int? ExpiresIn { get; set; }

    /// <summary>The host of the token service.</summary>
    public string? TokenHost { get; set; }

    /// <summary>The only refresh token that is taken.</summary>
    public string? IdentityToken { get; set; }

    /// <summary>Tokens, to be had with a password.</summary>
    public void RequireToken(string username, string password) => (_scheme, _pair, _needsPassword) = ("Bearer", $"{username}:{password}", true);

    /// <summary>Tokens, to be had by everyone, as at Docker Hub.</summary>
    public void RequireAnonymousToken() => (_scheme, _needsPassword) = ("Bearer", false);

    /// <summary>The password with every request.</summary>
    public void RequireBasic(string username, string password) => (_scheme, _pair) = ("Basic", $"{username}:{password}");

    /// <summary>Makes all tokens that were given out worthless.</summary>
    public void ForgetTokens()
    {
        lock (_tokens)
        {
            _tokens.Clear();
        }
    }

    /// <summary>Null where the request may pass, else the challenge.</summary>
    internal string? Challenge(HttpRequest request, string repository)
    {
        var header = request.Headers.Authorization.FirstOrDefault() ?? "";
        switch (_scheme)
        {
            case "Basic":
                return header == "Basic " + Base64(_pair) ? null : "Basic realm=\"fake, with a comma\"";
            case "Bearer":
                lock (_tokens)
                {
                    return _tokens.Contains($"{header} {repository}")
                        ? null
                        : $"Bearer realm=\"http://{TokenHost ?? _registry.Host}/token?x=1\",service=\"fake\",scope=\"repository:{repository}:pull,push\"";
                }

            default:
                return null;
        }
    }

    /// <summary>Gives out a token for the repository in the scope.</summary>
    internal async Task TokenAsync(HttpContext context)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
        var scope = (form is null ? context.Request.Query["scope"] : form["scope"]).ToString();
        var isKnown = form is null
            ? !_needsPassword || context.Request.Headers.Authorization.FirstOrDefault() == "Basic " + Base64(_pair)
            : IdentityToken is not null && form["refresh_token"] == IdentityToken;
        if (!isKnown)
        {
            context.Response.StatusCode = 401;
            return;
        }

        var token = $"t{Interlocked.Increment(ref _issued)}";
        lock (_tokens)
        {
            _tokens.Add($"Bearer {token} {scope.Split(':')[1]}");
        }

        var expires = ExpiresIn is null ? "" : $",\"expires_in\":{ExpiresIn}";
        await context.Response.WriteAsync($"{{\"{(form is null ? "token" : "access_token")}\":\"{token}\"{expires}}}");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
