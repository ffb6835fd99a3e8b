using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>
/// Keeps a store equal to the server. The rules are client-go's (tools/cache/reflector.go), where each was paid for.
/// <code>
///            ┌──────────────────────── wait ◄──────────────────────────┐
///            ▼                                                         │ stale: 410, unreadable event,
///   list at version v, by pages ──► replace the store once ──► watch ──┤ closed at once without an event
///   v = 0 at first, then the last                               ▲  │   │
///   seen, none after a refusal                                  │  ├─ closed in good order: watch on at the last version
///                                                               └──┴─ reset, silent, 429, 5xx: wait, watch on
/// </code>
/// 1. The list is complete before the store changes, so that objects on later pages are never taken for deleted.
/// 2. Each event, bookmarks too, moves the version that the next watch goes on from.
/// 3. Nothing but cancellation ends the loop.
/// </summary>
internal sealed partial class Reflector<T>(ResourceClient<T> client, ResourceScope scope, Store<T> store, ILogger logger)
    where T : class, IResource
{
    // client-go's page size. A list at a seen version has no limit: with one, "not older than" would become "exactly" (API concepts, semantics
    // of resourceVersion), and the server's watch cache could not answer it.
    private const int PageSize = 500;

    private const string FromCache = "0";

    private static readonly TimeSpan ShortestWatch = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TooShort = TimeSpan.FromSeconds(1);

    private readonly ControllerEnvironment _environment = client.Connection.Environment;
    private readonly string _kind = client.Kind.ToString();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Lag _lag = new(client.Connection.Environment.Time);

    // What could not be read when it was seen last, to be taken back once it can.
    private readonly HashSet<ObjectKey> _unread = [];

    private string? _version;
    private bool _newestNeeded;

    /// <summary>How long the store has not followed the server; null where it does.</summary>
    public TimeSpan? Behind => _lag.Behind;

    public Task Synced => _synced.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backoff = new ReflectorBackoff(_environment.Time, _environment.Random);
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan? asked = null;
            try
            {
                await ListAsync(cancellationToken).ConfigureAwait(false);
                await WatchAsync(backoff, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                asked = (exception as ApiException)?.RetryAfter;
                Lags(exception);
                Log.ListFailed(logger, _kind, exception.Message);
            }

            await backoff.WaitAsync(asked, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ListAtAsync(_newestNeeded ? null : _version ?? FromCache, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.IsExpired || exception.IsResourceVersionTooLarge)
        {
            // Either the version is gone or not there yet, or the list took so long that its next page is: only the newest state is left.
            Log.ListedAnew(logger, _kind, exception.Message);
            _newestNeeded = true;
            await ListAtAsync(null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ListAtAsync(string? version, CancellationToken cancellationToken)
    {
        // :: Step 1: All pages.
        var items = new List<T>();
        var undecodable = new List<UndecodableObject>();
        var request = new ListRequest { ResourceVersion = version, Limit = version is null or FromCache ? PageSize : 0 };
        string? listed = null;
        while (true)
        {
            var page = await client.ListPageAsync(scope, request, cancellationToken).ConfigureAwait(false);
            items.AddRange(page.Items);
            undecodable.AddRange(page.Undecodable);
            listed ??= page.ResourceVersion;
            if (page.Continue is null)
            {
                break;
            }

            // A continue token carries the version; to say it again is an error.
            request = request with { ResourceVersion = null, Continue = page.Continue };
        }

        // :: Step 2: One replacement.
        foreach (var key in _unread.ToArray())
        {
            Read(key);
        }

        undecodable.ForEach(Unread);
        store.Replace(items, _unread, initial: !_synced.Task.IsCompleted);
        _lag.Follows();
        _version = listed;
        _newestNeeded = false;
        _environment.Metrics.Listed(_kind);
        Log.Listed(logger, _kind, items.Count, listed);
        _synced.TrySetResult();
    }

    // Watches until only a list can help.
    private async Task WatchAsync(ReflectorBackoff backoff, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (end, asked) = await WatchOnceAsync(cancellationToken).ConfigureAwait(false);
            if (end == WatchEnd.Stale)
            {
                return;
            }

            if (end == WatchEnd.Interrupted)
            {
                await backoff.WaitAsync(asked, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<(WatchEnd End, TimeSpan? Asked)> WatchOnceAsync(CancellationToken cancellationToken)
    {
        var started = _environment.Time.GetTimestamp();
        var any = false;
        try
        {
            // Spread over 5 to 10 minutes, so that all watches of all clients do not end together.
            var request = new WatchRequest { ResourceVersion = _version!, Timeout = ShortestWatch * (1 + _environment.Random.NextDouble()), Opened = _lag.Follows };
            await foreach (var received in client.WatchAsync(scope, request, cancellationToken).ConfigureAwait(false))
            {
                any = true;
                Take(received);
            }

            // Some servers close a watch at a version that is too old with 200 and no word (kubernetes #104171, #137089).
            var stale = !any && _environment.Time.GetElapsedTime(started) < TooShort;
            return Ended(stale ? WatchEnd.Stale : WatchEnd.Closed, stale ? "very_short" : "closed", "closed by the server");
        }
        catch (ApiException exception) when (exception.IsResourceVersionTooLarge)
        {
            _newestNeeded = true;
            return Ended(WatchEnd.Stale, "version_too_large", exception.Message, exception.RetryAfter);
        }
        catch (ApiException exception)
        {
            var (end, reason) = exception switch
            {
                { IsExpired: true } => (WatchEnd.Stale, "expired"),
                { IsTooManyRequests: true } => (WatchEnd.Interrupted, "too_many_requests"),
                { IsUnavailable: true } => (WatchEnd.Interrupted, "unavailable"),
                _ => (WatchEnd.Stale, "refused"),
            };
            Lags(exception);
            return Ended(end, reason, exception.Message, exception.RetryAfter);
        }
        catch (WatchIdleException exception)
        {
            _lag.Fails();
            return Ended(WatchEnd.Interrupted, "idle", exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TimeoutException)
        {
            _lag.Fails();
            return Ended(WatchEnd.Interrupted, "disconnected", exception.Message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            _environment.Metrics.Undecodable(_kind);
            return Ended(WatchEnd.Stale, "undecodable", exception.Message);
        }
    }

    private void Take(in WatchEvent<T> received)
    {
        if (received.Undecodable is { } broken)
        {
            Unread(broken);
        }
        else if (received.Object is { } item)
        {
            Read(item.Key);
        }

        switch (received.Type)
        {
            case WatchEventType.Deleted when received.Undecodable is { Key: { } gone }:
                Read(gone);
                store.Remove(gone);
                break;
            case WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted when received.Object is null:
                break;
            case WatchEventType.Added or WatchEventType.Modified:
                store.Upsert(received.Object!);
                break;
            case WatchEventType.Deleted:
                store.Remove(received.Object!.Key);
                break;
            case WatchEventType.Bookmark:
                break;
            default:
                throw new UnreachableException();
        }

        if (received.ResourceVersion.Length > 0)
        {
            _version = received.ResourceVersion;
        }
    }

    // One object costs itself: what was known of it stays, and the others are followed on.
    private void Unread(UndecodableObject broken)
    {
        Log.Undecodable(logger, _kind, broken.Key, broken.Reason);
        _environment.Metrics.Undecodable(_kind);
        if (broken.Key is { } key && _unread.Add(key))
        {
            _environment.Metrics.Unread(_kind, key.Namespace ?? "", key.Name, isUnread: true);
        }
    }

    private void Read(ObjectKey key)
    {
        if (_unread.Remove(key))
        {
            _environment.Metrics.Unread(_kind, key.Namespace ?? "", key.Name, isUnread: false);
        }
    }

    // A kind that the server no longer has is not lagged behind.
    private void Lags(Exception exception)
    {
        if (exception is not ApiException { IsNotFound: true })
        {
            _lag.Fails();
        }
    }

    private (WatchEnd End, TimeSpan? Asked) Ended(WatchEnd end, string reason, string message, TimeSpan? asked = null)
    {
        _environment.Metrics.WatchEnded(_kind, reason);
        if (end == WatchEnd.Closed)
        {
            Log.WatchClosed(logger, _kind, _version);
        }
        else
        {
            Log.WatchBroke(logger, _kind, _version, reason, message);
        }

        return (end, asked);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Kind}: listed {Count} at version {Version}")]
        public static partial void Listed(ILogger logger, string kind, int count, string version);

        [LoggerMessage(2, LogLevel.Warning, "{Kind}: the list failed, it will be tried again: {Reason}")]
        public static partial void ListFailed(ILogger logger, string kind, string reason);

        [LoggerMessage(3, LogLevel.Information, "{Kind}: the known version is gone from the server, listing anew: {Reason}")]
        public static partial void ListedAnew(ILogger logger, string kind, string reason);

        [LoggerMessage(4, LogLevel.Error, "{Kind}: {Key} cannot be decoded, its last known state is kept: {Reason}")]
        public static partial void Undecodable(ILogger logger, string kind, ObjectKey? key, string reason);

        [LoggerMessage(5, LogLevel.Debug, "{Kind}: the watch ended at version {Version}, watching on")]
        public static partial void WatchClosed(ILogger logger, string kind, string? version);

        [LoggerMessage(6, LogLevel.Information, "{Kind}: the watch broke at version {Version} ({Reason}): {Message}")]
        public static partial void WatchBroke(ILogger logger, string kind, string? version, string reason, string message);
    }
}
