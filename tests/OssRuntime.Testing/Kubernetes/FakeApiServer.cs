using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>
/// A Kubernetes API server in this process, on a free port of the loopback: lists with pages, watches with bookmarks, server-side apply with
/// field ownership, status subresources, preconditions, discovery. It can be told to fail in ways that a healthy server never does.
/// What it does right is held against a real API server by the same contract tests.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private FakeKind[] _kinds;
    private readonly FakeStorage _storage;
    private readonly Lock _lock = new();
    private readonly List<FakeRequest> _requests = [];
    private readonly List<FakeWatch> _watches = [];
    private readonly Dictionary<string, Queue<Fault>> _faults = new(StringComparer.Ordinal);
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeApiServer(TimeProvider time, FakeKind[] kinds)
    {
        _time = time;
        _kinds = kinds;
        _storage = new FakeStorage(time, WakeWatches);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The address.</summary>
    public Uri Address { get; private set; } = new("http://unstarted.invalid");

    /// <summary>A request body larger than this is refused with 413.</summary>
    public int MaximumRequestBytes { get; set; } = 3 * 1024 * 1024;

    /// <summary>An object larger than this is refused in etcd's words.</summary>
    public int MaximumObjectBytes
    {
        get => _storage.MaximumObjectBytes;
        set => _storage.MaximumObjectBytes = value;
    }

    /// <summary>The version of the newest change.</summary>
    public long Version => _storage.Version;

    /// <summary>All requests so far, in order.</summary>
    public IReadOnlyList<FakeRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The watches that are open.</summary>
    public IReadOnlyList<FakeWatch> Watches
    {
        get
        {
            lock (_lock)
            {
                return [.. _watches];
            }
        }
    }

    /// <summary>Starts a server of these kinds.</summary>
    public static async Task<FakeApiServer> StartAsync(TimeProvider? time = null, params FakeKind[] kinds)
    {
        var server = new FakeApiServer(time ?? TimeProvider.System, kinds);
        await server._application.StartAsync();
        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.Single());
        return server;
    }

    /// <summary>Puts faults into the way of the next requests of a verb (see <see cref="FakeRequest.Verb"/>) for a kind, one each.</summary>
    public void Fail(string verb, string plural, params Fault[] faults)
    {
        lock (_lock)
        {
            var key = $"{verb} {plural}";
            var queue = _faults.TryGetValue(key, out var known) ? known : _faults[key] = [];
            foreach (var fault in faults)
            {
                queue.Enqueue(fault);
            }
        }
    }

    /// <summary>Serves one more kind from now on, as when a custom resource definition is installed.</summary>
    public void Serve(FakeKind kind) => _kinds = [.. _kinds, kind];

    /// <summary>Forgets all history, as etcd's compaction does: older versions and continue tokens are expired.</summary>
    public void Compact() => _storage.Compact();

    /// <summary>Creates an object as if somebody else had.</summary>
    public JsonObject Create(string plural, JsonObject content)
    {
        var kind = _kinds.Single(kind => kind.Plural == plural);
        return _storage.Create(kind, (string?)content["metadata"]?["namespace"], content.DeepClone().AsObject(), "somebody");
    }

    /// <summary>Changes an object as if somebody else had.</summary>
    public JsonObject Change(string plural, string? @namespace, string name, Action<JsonObject> change, string? subresource = null)
    {
        var kind = _kinds.Single(kind => kind.Plural == plural);
        return _storage.Modify(
            kind, @namespace, name, subresource,
            (_, live) =>
            {
                change(live);
                return live;
            },
            (found, before, after) => found.Owners.Update(before, after, "somebody", subresource));
    }

    /// <summary>Deletes an object as if somebody else had.</summary>
    public void Delete(string plural, string? @namespace, string name) =>
        _storage.Delete(_kinds.Single(kind => kind.Plural == plural), @namespace, name, null);

    /// <summary>An object as it is stored.</summary>
    public JsonObject Get(string plural, string? @namespace, string name) =>
        _storage.Get(_kinds.Single(kind => kind.Plural == plural), @namespace, name);

    /// <summary>Waits until the condition holds, looking again whenever a request comes, a watch opens or an object changes.</summary>
    public async Task WhenAsync(Func<FakeApiServer, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                moved = _moved.Task;
            }

            if (condition(this))
            {
                return;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for the watch that is opened as the <paramref name="number"/>th one of its kind, counted from 1 over the server's life.</summary>
    public async Task<FakeWatch> WatchAsync(string plural, int number, CancellationToken cancellationToken)
    {
        FakeWatch? found = null;
        await WhenAsync(
            server =>
            {
                var asked = server.Requests.Where(request => request.Verb == "watch" && request.Plural == plural).ElementAtOrDefault(number - 1);
                found = server.Watches.FirstOrDefault(watch => watch.Request == asked);
                return found is not null;
            },
            cancellationToken);
        return found!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _application.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted);
        try
        {
            var (kind, request) = await ReadAsync(context, either.Token);
            Fault? fault;
            lock (_lock)
            {
                _requests.Add(request);
                fault = _faults.TryGetValue($"{request.Verb} {request.Plural}", out var queue) && queue.TryDequeue(out var next) ? next : null;
            }

            Moved();
            if (fault is null || await fault.Answer(context, either.Token))
            {
                await AnswerProperlyAsync(context, kind, request, either.Token);
            }
        }
        catch (FakeStatusException exception)
        {
            context.Response.StatusCode = exception.Code;
            await WriteAsync(context, exception.ToJson(), either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private async Task<(FakeKind? Kind, FakeRequest Request)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(cancellationToken);
        return FakeRouting.Route(_kinds, context, body, _time.GetUtcNow());
    }

    private async Task AnswerProperlyAsync(HttpContext context, FakeKind? kind, FakeRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.Length > MaximumRequestBytes)
        {
            throw new FakeStatusException(413, "RequestEntityTooLarge", $"Request entity too large: limit is {MaximumRequestBytes}");
        }

        if (kind is null)
        {
            await WriteAsync(context, FakeDiscovery.Answer(_kinds, request.Path), cancellationToken);
            return;
        }

        if (request.Verb == "watch")
        {
            await WatchAsync(context, kind, request, cancellationToken);
            return;
        }

        var answer = FakeVerbs.Answer(_storage, kind, request, context.Request.ContentType);
        context.Response.StatusCode = request.Verb == "create" ? 201 : 200;
        await WriteAsync(context, FakeRouting.Render(context, answer), cancellationToken);
        Moved();
    }

    private async Task WatchAsync(HttpContext context, FakeKind kind, FakeRequest request, CancellationToken cancellationToken)
    {
        var watch = new FakeWatch(_storage, kind, request, content => FakeRouting.Render(context, content));
        lock (_lock)
        {
            _watches.Add(watch);
        }

        Moved();
        try
        {
            await watch.RunAsync(context, cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _watches.Remove(watch);
            }

            Moved();
        }
    }

    private void WakeWatches()
    {
        foreach (var watch in Watches)
        {
            watch.Wake();
        }

        Moved();
    }

    private void Moved()
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            moved = _moved;
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.TrySetResult();
    }

    private static async Task WriteAsync(HttpContext context, JsonObject answer, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), cancellationToken);
    }
}
