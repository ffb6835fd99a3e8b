using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// Brings objects to a wished state by server-side apply, and sends nothing when they are there already: an apply that changes nothing costs the
/// server as much as a real one. What the server has is known from the informer's store, so that a restart writes nothing either. The object and
/// its status are two applies, each with a hash of its own. Callers apply one key from one worker at a time.
/// </summary>
public sealed partial class Applier<T> : IDisposable
    where T : class, IAppliedResource
{
    // When a server is overloaded and does not say for how long.
    private static readonly TimeSpan DefaultPause = TimeSpan.FromSeconds(1);

    private readonly ResourceClient<T> _client;
    private readonly Store<T> _store;
    private readonly WriteBudget _budget;
    private readonly ApplierOptions _options;
    private readonly ControllerEnvironment _environment;
    private readonly ILogger _logger;
    private readonly string _kind;
    private readonly ApplyMemory<T> _memory = new();
    private readonly IDisposable _subscription;

    /// <summary>Creates an applier for the kind of the client, whose objects the store shows.</summary>
    public Applier(ResourceClient<T> client, Store<T> store, WriteBudget budget, ApplierOptions? options = null)
    {
        _client = client;
        _store = store;
        _budget = budget;
        _options = options ?? new ApplierOptions();
        _environment = client.Connection.Environment;
        _kind = client.Kind.ToString();
        _logger = _environment.Loggers.CreateLogger($"{typeof(Applier<T>).Namespace}.{_kind}");
        _subscription = store.Subscribe(_memory.Saw);
    }

    /// <summary>Applies the object without its status.</summary>
    /// <exception cref="ApiException">The server refused, for another reason than the object's size.</exception>
    public Task<Applied<T>> ApplyAsync<TBody>(Desired<TBody> desired, JsonTypeInfo<TBody> bodyInfo, CancellationToken cancellationToken)
    {
        var body = ApplyBody.Object(_client.Kind, desired, bodyInfo, _options.HashAnnotation);
        var stored = _store.Get(desired.Key);
        var known = stored is { Drifted: false } && !desired.IsMistrusted ? stored.ContentHash : null;
        return ApplyAsync(desired.Key, ApplyPart.Object, body, stored, known, cancellationToken);
    }

    /// <summary>Applies the object's status; the object must exist.</summary>
    /// <param name="key">The object.</param>
    /// <param name="status">The status, whole.</param>
    /// <param name="statusInfo">How it is written.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="mistrusted">True where the stored status is known not to be what its hash says.</param>
    /// <exception cref="ApiException">The server refused, for another reason than the object's size.</exception>
    public Task<Applied<T>> ApplyStatusAsync<TStatus>(
        ObjectKey key, TStatus status, JsonTypeInfo<TStatus> statusInfo, CancellationToken cancellationToken, bool mistrusted = false)
    {
        var body = ApplyBody.Status(_client.Kind, key, status, statusInfo, _options.StatusHashField);
        var stored = _store.Get(key);
        return ApplyAsync(key, ApplyPart.Status, body, stored, mistrusted ? null : stored?.StatusHash, cancellationToken);
    }

    /// <summary>The object as the server last showed it: in an answer that the store is behind of, else in the store; null if there is none.</summary>
    public T? Find(ObjectKey key) => _memory.Find(key, ApplyPart.Object) is { Answer: { } answer } ? answer : _store.Get(key);

    /// <summary>Deletes the object that the store shows, and no other that has taken its name since. Returns false if there was none.</summary>
    public async Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_store.Get(key) is not { } stored)
        {
            return false;
        }

        var uid = stored.Uid.Length == 0 ? null : new Preconditions { Uid = stored.Uid };
        try
        {
            await SendAsync(
                async token =>
                {
                    await _client.DeleteAsync(key, token, uid).ConfigureAwait(false);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>Stops listening to the store.</summary>
    public void Dispose() => _subscription.Dispose();

    private async Task<Applied<T>> ApplyAsync(
        ObjectKey key, ApplyPart part, ApplyBody body, T? stored, string? storedHash, CancellationToken cancellationToken)
    {
        var last = _memory.Find(key, part);
        if (last is { Refused: true } && last.Value.Hash == body.Hash)
        {
            return End(ApplyOutcome.TooLarge, stored);
        }

        // What was written and has not come back yet counts for more than the store, which is behind.
        var (hash, known) = last is { Refused: false } written ? (written.Hash, written.Answer) : (storedHash, stored);
        if (hash == body.Hash)
        {
            return End(ApplyOutcome.Unchanged, known);
        }

        try
        {
            var answer = await SendAsync(
                token =>
                {
                    _memory.Begin(key, part, body.Hash);
                    return part == ApplyPart.Object
                        ? _client.ApplyAsync(key, body.Bytes, new ApplyOptions(_options.FieldManager), token)
                        : _client.ApplyStatusAsync(key, body.Bytes, new ApplyOptions(_options.StatusFieldManager), token);
                },
                cancellationToken).ConfigureAwait(false);
            _memory.Succeeded(key, part, answer);
            return End(ApplyOutcome.Written, answer);
        }
        catch (ApiException exception) when (exception.IsTooLarge)
        {
            _memory.Refused(key, part);
            Log.TooLarge(_logger, _kind, key, body.Bytes.Length, exception.Message);
            return End(ApplyOutcome.TooLarge, stored);
        }
        catch
        {
            _memory.Failed(key, part);
            throw;
        }

        Applied<T> End(ApplyOutcome outcome, T? item)
        {
            _environment.Metrics.Applied(_kind, Name(part), outcome.ToString());
            return new Applied<T>(outcome, item, body.Bytes.Length);
        }
    }

    private async Task<TResult> SendAsync<TResult>(Func<CancellationToken, Task<TResult>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await _budget.AcquireAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await send(cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.IsTooManyRequests)
            {
                // Nobody else of us should ask meanwhile either.
                var pause = exception.RetryAfter ?? DefaultPause;
                _budget.PauseFor(pause);
                if (attempt >= _options.Tries)
                {
                    throw;
                }

                Log.Paused(_logger, _kind, pause);
            }
        }
    }

    private static string Name(ApplyPart part) => part == ApplyPart.Object ? "object" : "status";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Kind}: {Key} is too large at {Bytes} bytes: {Reason}")]
        public static partial void TooLarge(ILogger logger, string kind, ObjectKey key, int bytes, string reason);

        [LoggerMessage(2, LogLevel.Information, "{Kind}: the server asks for fewer requests, no write for {Pause}")]
        public static partial void Paused(ILogger logger, string kind, TimeSpan pause);
    }
}
