using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// Writes <c>events.k8s.io/v1</c> events (Kubernetes 1.19 and newer) for people who look at an object. Recording never waits, never fails and never
/// slows the caller: what does not fit is dropped and counted. Record transitions, not states: not at each reconciliation.
/// </summary>
public sealed partial class EventRecorder
{
    // apis/core/validation/events.go.
    private const int MaximumNoteBytes = 1024;
    private const int MaximumWordBytes = 128;
    private const string CombinedPrefix = "(combined from similar events) ";

    // Where events on cluster-scoped objects live; servers up to Kubernetes 1.22 take them in kube-system alone (validation/events.go).
    private const string ClusterNamespace = "default";
    private const string OlderClusterNamespace = "kube-system";

    // What may still be written after the process was told to stop.
    private static readonly TimeSpan FlushTime = TimeSpan.FromSeconds(2);

    private static readonly ResourceKind EventKind = new("events.k8s.io", "v1", "events", "Event", Namespaced: true);

    private readonly ResourceClient<PartialObject> _client;
    private readonly WriteBudget _budget;
    private readonly EventRecorderOptions _options;
    private readonly ControllerEnvironment _environment;
    private readonly ILogger _logger;
    private readonly EventCorrelator _correlator = new();
    private readonly Channel<EventNotice> _notices;
    private string _clusterNamespace = ClusterNamespace;
    private long _names;

    /// <summary>Creates a recorder; nothing is written before <see cref="RunAsync"/>.</summary>
    public EventRecorder(KubernetesConnection connection, WriteBudget budget, EventRecorderOptions? options = null)
    {
        _client = new ResourceClient<PartialObject>(connection, EventKind, PartialObject.TypeInfo);
        _budget = budget;
        _options = options ?? new EventRecorderOptions();
        _environment = connection.Environment;
        _logger = _environment.Loggers.CreateLogger<EventRecorder>();
        _notices = Channel.CreateBounded<EventNotice>(new BoundedChannelOptions(_options.Capacity) { SingleReader = true });
        _names = _environment.Time.GetUtcNow().Ticks;
    }

    /// <summary>
    /// Records that something happened to an object. <paramref name="reason"/> is one word for programs, <paramref name="note"/> a sentence for people, cut
    /// at 1 kB; <paramref name="action"/> says in a word what was being done.
    /// </summary>
    public void Record(EventSubject subject, EventType type, string reason, string note, string action = "Reconcile")
    {
        var notice = new EventNotice(subject, type, Cut(reason, MaximumWordBytes), note, Cut(action, MaximumWordBytes), _environment.Time.GetUtcNow());
        if (!_notices.Writer.TryWrite(notice))
        {
            _environment.Metrics.EventHandled("dropped");
        }
    }

    /// <summary>Writes what is recorded until cancelled, and for two seconds more what was recorded before.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _environment.Time);
        await using var stopping = cancellationToken.UnsafeRegister(
            _ =>
            {
                _notices.Writer.TryComplete();
                kill.CancelAfter(FlushTime);
            },
            null).ConfigureAwait(false);
        await foreach (var notice in _notices.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (kill.IsCancellationRequested)
            {
                _environment.Metrics.EventHandled("dropped");
                continue;
            }

            await HandleAsync(notice, kill.Token).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(EventNotice notice, CancellationToken cancellationToken)
    {
        if (_correlator.Correlate(notice) is not { } found)
        {
            _environment.Metrics.EventHandled("suppressed");
            return;
        }

        try
        {
            await _budget.AcquireAsync(cancellationToken).ConfigureAwait(false);
            await WriteAsync(notice, found.Line, found.Combined, cancellationToken).ConfigureAwait(false);
            _environment.Metrics.EventHandled("written");
        }
        catch (Exception exception)
        {
            if (exception is ApiException { IsTooManyRequests: true, RetryAfter: { } pause })
            {
                _budget.PauseFor(pause);
            }

            _environment.Metrics.EventHandled("failed");
            Log.NotWritten(_logger, notice.Reason, notice.Subject.Key, exception.Message);
        }
    }

    private async Task WriteAsync(EventNotice notice, EventLine line, bool combined, CancellationToken cancellationToken)
    {
        if (line.Written is { } written)
        {
            try
            {
                var patch = new EventSeriesPatch(new EventSeries { Count = line.Count + 1, LastObservedTime = notice.At });
                await _client.PatchAsync(
                    written, JsonSerializer.SerializeToUtf8Bytes(patch, WritingJsonContext.Default.EventSeriesPatch), cancellationToken).ConfigureAwait(false);
                line.Count++;
                return;
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // Events live an hour by default: this one is gone, and starts anew.
            }
        }

        var body = Body(notice, combined);
        try
        {
            await CreateAsync(body, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception) when (exception.IsInvalid && notice.Subject.Key.Namespace is null && _clusterNamespace == ClusterNamespace)
        {
            _clusterNamespace = OlderClusterNamespace;
            body = Body(notice, combined);
            await CreateAsync(body, cancellationToken).ConfigureAwait(false);
        }

        line.Written = body.Metadata.Key;
        line.Count = 1;
    }

    private Task CreateAsync(EventBody body, CancellationToken cancellationToken) =>
        _client.CreateAsync(body.Metadata.Namespace, body, WritingJsonContext.Default.EventBody, cancellationToken);

    private EventBody Body(EventNotice notice, bool combined)
    {
        var (subject, name) = (notice.Subject, notice.Subject.Key.Name);
        // A name has at most 253 characters, of which ours takes 17.
        var @namespace = subject.Key.Namespace ?? _clusterNamespace;
        var unique = $"{(name.Length > 236 ? name[..236] : name)}.{(++_names).ToString("x", CultureInfo.InvariantCulture)}";
        return new EventBody
        {
            Metadata = new ObjectMeta { Namespace = @namespace, Name = unique },
            EventTime = notice.At,
            ReportingController = _options.Controller,
            ReportingInstance = Cut(_options.Instance, MaximumWordBytes),
            Action = notice.Action,
            Reason = notice.Reason,
            Type = notice.Type.ToString(),
            Note = Cut(combined ? CombinedPrefix + notice.Note : notice.Note, MaximumNoteBytes),
            Regarding = new EventReference(
                subject.ApiVersion, subject.Kind, subject.Key.Namespace, name, subject.Uid.Length == 0 ? null : subject.Uid),
        };
    }

    private static string Cut(string text, int maximumBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= maximumBytes)
        {
            return text;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maximumBytes - "…".Length * 3)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length] + "…";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The event {Reason} on {Key} could not be written: {Message}")]
        public static partial void NotWritten(ILogger logger, string reason, ObjectKey key, string message);
    }
}
