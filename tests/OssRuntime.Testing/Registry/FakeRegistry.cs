using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OssRuntime.Testing.Images;

namespace OssRuntime.Testing.Registry;

/// <summary>
/// A registry on a free loopback port that does what a test tells it: logins of both kinds, redirects, and every way in which a registry
/// can fail. It counts what it is asked.
/// </summary>
public sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly ConcurrentDictionary<string, (string MediaType, byte[] Content)> _manifests = new();
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new();
    private readonly ConcurrentDictionary<string, (FakeBlobFault Fault, int After, int Times)> _faults = new();
    private readonly List<(Func<HttpRequest, bool> When, Func<HttpContext, Task> Answer, int Times)> _scripts = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _address;
    private int _open;
    private int _mostOpen;

    private FakeRegistry(WebApplication server)
    {
        _server = server;
        _address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Login = new FakeLogin(this);
    }

    /// <summary>The registry's name: <c>127.0.0.1:port</c>.</summary>
    public string Host => $"127.0.0.1:{_address.Port}";

    /// <summary>The same server under a name that a client must take for another host.</summary>
    public string OtherHost => $"localhost:{_address.Port}";

    /// <summary>How clients have to log in.</summary>
    public FakeLogin Login { get; }

    /// <summary>Where blobs are redirected to (<c>http://host</c>), or null.</summary>
    public string? RedirectBlobsTo { get; set; }

    /// <summary>False for a registry that knows no ranges.</summary>
    public bool KnowsRanges { get; set; } = true;

    /// <summary>What a blob waits for before it begins, by its digest: for tests of what happens at the same time.</summary>
    public Func<string, Task> BlobsWaitFor { get; set; } = _ => Task.CompletedTask;

    /// <summary>What was asked, in order.</summary>
    public IReadOnlyCollection<FakeRequest> Requests => _requests;

    /// <summary>The most blob requests that were open at the same time.</summary>
    public int MostOpenBlobs => _mostOpen;

    /// <summary>Starts a registry.</summary>
    public static async Task<FakeRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        FakeRegistry? registry = null;
        server.Run(context => registry!.AnswerAsync(context));
        await server.StartAsync();
        registry = new FakeRegistry(server);
        return registry;
    }

    /// <summary>The name of an image here.</summary>
    public string Reference(string repository, string tagOrDigest) =>
        $"{Host}/{repository}{(tagOrDigest.Contains(':', StringComparison.Ordinal) ? '@' : ':')}{tagOrDigest}";

    /// <summary>Stores an image, under its digest and under a tag.</summary>
    public string Push(string repository, string tag, BuiltImage image)
    {
        foreach (var (digest, content) in image.Blobs)
        {
            _blobs[$"{repository}/{digest}"] = content;
            if (content.Length > 0 && content[0] == '{')
            {
                _manifests[$"{repository}/{digest}"] = (MediaTypeOf(content), content);
            }
        }

        _manifests[$"{repository}/{image.Digest}"] = (image.MediaType, image.Manifest);
        _manifests[$"{repository}/{tag}"] = (image.MediaType, image.Manifest);
        return Reference(repository, tag);
    }

    /// <summary>Stores a document as it is, under a tag or digest.</summary>
    public void PushManifest(string repository, string reference, string mediaType, byte[] content) =>
        _manifests[$"{repository}/{reference}"] = (mediaType, content);

    /// <summary>Forgets a blob.</summary>
    public void DeleteBlob(string repository, string digest) => _blobs.TryRemove($"{repository}/{digest}", out _);

    /// <summary>Does something wrong with a blob, so many times.</summary>
    public void Fault(string digest, FakeBlobFault fault, int after = 0, int times = int.MaxValue) => _faults[digest] = (fault, after, times);

    /// <summary>Answers requests otherwise, so many times; what was said last counts first.</summary>
    public void Script(Func<HttpRequest, bool> when, Func<HttpContext, Task> answer, int times = int.MaxValue)
    {
        lock (_scripts)
        {
            _scripts.Insert(0, (when, answer, times));
        }
    }

    /// <summary>Answers requests whose path contains a text with a status.</summary>
    public void Script(string path, HttpStatusCode status, string? retryAfter = null, int times = int.MaxValue) => Script(
        request => request.Path.Value!.Contains(path, StringComparison.Ordinal),
        context =>
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync("{}");
        },
        times);

    /// <summary>Does not answer requests whose path contains a text.</summary>
    public void Hang(string path) => Script(request => request.Path.Value!.Contains(path, StringComparison.Ordinal), UntilTheEndAsync);

    /// <summary>How many requests had a text in their path.</summary>
    public int Count(string path) => _requests.Count(r => r.Path.Contains(path, StringComparison.Ordinal));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private static string MediaTypeOf(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        var start = text.IndexOf("\"mediaType\":\"", StringComparison.Ordinal);
        return start < 0 ? "application/json" : text[(start + 13)..text.IndexOf('"', start + 13)];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        _requests.Enqueue(new FakeRequest(
            request.Host.Value!,
            request.Method,
            $"{request.Path}{request.QueryString}",
            request.Headers.Authorization.FirstOrDefault(),
            request.Headers.Range.FirstOrDefault()));
        if (TakeScript(request) is { } script)
        {
            await script(context);
            return;
        }

        var path = request.Path.Value!;
        if (path == "/token")
        {
            await Login.TokenAsync(context);
        }
        else if (path.StartsWith("/elsewhere/", StringComparison.Ordinal))
        {
            await SendBlobAsync(context, path["/elsewhere/".Length..]);
        }
        else if (Login.Challenge(request, RepositoryOf(path)) is { } challenge)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = challenge;
            await context.Response.WriteAsync("""{"errors":[{"code":"UNAUTHORIZED"}]}""");
        }
        else if (path.Contains("/manifests/", StringComparison.Ordinal))
        {
            await SendManifestAsync(context, path["/v2/".Length..].Replace("/manifests/", "/", StringComparison.Ordinal));
        }
        else if (path.Contains("/blobs/", StringComparison.Ordinal))
        {
            await SendOrRedirectAsync(context, path["/v2/".Length..].Replace("/blobs/", "/", StringComparison.Ordinal));
        }
        else
        {
            context.Response.StatusCode = path == "/v2/" ? 200 : 404;
        }
    }

    private static string RepositoryOf(string path)
    {
        string[] kinds = ["/manifests/", "/blobs/", "/referrers/"];
        var end = kinds.Max(kind => path.LastIndexOf(kind, StringComparison.Ordinal));
        return end < 4 ? "" : path[4..end];
    }

    private Func<HttpContext, Task>? TakeScript(HttpRequest request)
    {
        lock (_scripts)
        {
            for (var i = 0; i < _scripts.Count; i++)
            {
                var (when, answer, times) = _scripts[i];
                if (times > 0 && when(request))
                {
                    _scripts[i] = (when, answer, times - 1);
                    return answer;
                }
            }
        }

        return null;
    }

    private async Task SendManifestAsync(HttpContext context, string key)
    {
        if (!_manifests.TryGetValue(key, out var manifest))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""");
            return;
        }

        context.Response.ContentType = manifest.MediaType;
        context.Response.ContentLength = manifest.Content.Length;
        context.Response.Headers["Docker-Content-Digest"] = ImageBuilder.DigestOf(manifest.Content);
        await context.Response.Body.WriteAsync(manifest.Content);
    }

    private Task SendOrRedirectAsync(HttpContext context, string key)
    {
        if (RedirectBlobsTo is null)
        {
            return SendBlobAsync(context, key);
        }

        context.Response.StatusCode = 307;
        context.Response.Headers.Location = $"{RedirectBlobsTo}/elsewhere/{key}?signature=secret";
        return Task.CompletedTask;
    }

    private async Task SendBlobAsync(HttpContext context, string key)
    {
        if (!_blobs.TryGetValue(key, out var content))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var open = Interlocked.Increment(ref _open);
        _mostOpen = Math.Max(_mostOpen, open);
        try
        {
            var digest = key[(key.LastIndexOf('/') + 1)..];
            await BlobsWaitFor(digest);
            await SendAsync(context, digest, content);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task SendAsync(HttpContext context, string digest, byte[] content)
    {
        var start = 0;
        if (KnowsRanges && context.Request.Headers.Range.FirstOrDefault() is { } range)
        {
            start = int.Parse(range["bytes=".Length..].TrimEnd('-'));
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {start}-{content.Length - 1}/{content.Length}";
        }

        var fault = TakeFault(digest);
        if (fault?.Fault == FakeBlobFault.Corrupt)
        {
            content = [.. content.Select(b => (byte)~b)];
        }

        var end = fault?.Fault == FakeBlobFault.Shorten ? fault.Value.After : content.Length;
        context.Response.ContentLength = end - start;
        if (fault?.Fault is FakeBlobFault.Cut or FakeBlobFault.Stall)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(start, Math.Min(fault.Value.After, end - start)));
            await context.Response.Body.FlushAsync();
            if (fault.Value.Fault == FakeBlobFault.Stall)
            {
                await UntilTheEndAsync(context);
            }

            // The server closes a connection whose answer is shorter than announced.
            return;
        }

        await context.Response.Body.WriteAsync(content.AsMemory(start, end - start));
    }

    private (FakeBlobFault Fault, int After)? TakeFault(string digest)
    {
        if (!_faults.TryGetValue(digest, out var fault) || fault.Times == 0)
        {
            return null;
        }

        _faults[digest] = fault with { Times = fault.Times - 1 };
        return (fault.Fault, fault.After);
    }

    private async Task UntilTheEndAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        var end = new TaskCompletionSource();
        using var registration = either.Token.Register(end.SetResult);
        await end.Task;
    }
}
