using System.Threading.Channels;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>
/// The images that are asked for at admission and not known: each name once, a line for each namespace, and the lines take turns. What failed waits
/// longer each time. Everything here has a limit; what is beyond it is refused, and its user told so.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="namespaces">Those that there are: what is made up has no line, or made-up ones would fill the room of all.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Spreads the waits.</param>
internal sealed class UnknownImageQueue(UnknownImageLimits limits, INamespaces namespaces, TimeProvider time, Random random) : IUnknownImages
{
    private const int LongestReason = 300;
    private const int MostSecrets = 16;

    // A day's names of a busy cluster are a few thousand; a registry that is down is asked again after a minute, then more and more seldom.
    private static readonly Backoff Backoff = new(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30), 0.2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _oldest = [];
    private readonly Dictionary<string, Queue<UnknownImage>> _lines = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = [];
    private readonly Channel<bool> _ready = Channel.CreateUnbounded<bool>();
    private int _waiting;

    /// <summary>How many wait or are being looked at.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    /// <inheritdoc/>
    public Digest? DigestOf(string name)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(name)?.Digest;
        }
    }

    /// <inheritdoc/>
    public string Offer(string image, PodView pod, bool dryRun)
    {
        if (!ImageReference.TryParse(image, out var reference, out var reason))
        {
            return $"it is no image that a registry has: {reason}";
        }

        if (!namespaces.Exists(pod.Key.Namespace ?? ""))
        {
            return "its namespace is not known yet: try again in a minute";
        }

        lock (_gate)
        {
            var known = _entries.GetValueOrDefault(reference!.ToString());
            if (known is { Failure: { } failure } && known.Wait - time.GetElapsedTime(known.FailedAt) is var left && left > TimeSpan.Zero)
            {
                return $"it could not be read ({failure}): it is tried again in {Minutes(left)}";
            }

            if (known is { Waits: true })
            {
                return "it is being read: try again in a minute";
            }

            return dryRun ? "it is read as soon as this is no dry run" : Enqueue(new UnknownImage(image, reference, IdentityOf(pod)));
        }
    }

    /// <summary>The next one, waiting for it.</summary>
    public async Task<UnknownImage> TakeAsync(CancellationToken cancel)
    {
        await _ready.Reader.ReadAsync(cancel);
        lock (_gate)
        {
            var @namespace = _turns.Dequeue();
            var line = _lines[@namespace];
            var next = line.Dequeue();
            if (line.Count > 0)
            {
                _turns.Enqueue(@namespace);
            }
            else
            {
                _lines.Remove(@namespace);
            }

            return next;
        }
    }

    /// <summary>The name stands for a digest.</summary>
    public void Found(UnknownImage unknown, Digest digest) => End(unknown, entry =>
    {
        entry.Digest = digest;
        entry.Failures = 0;
        entry.Failure = null;
    });

    /// <summary>It could not be found; it may be asked for again after a while.</summary>
    public void Failed(UnknownImage unknown, string reason, TimeSpan? retryAfter = null) => End(unknown, entry =>
    {
        var wait = Backoff.DelayAfter(++entry.Failures, random);
        entry.Failure = BoundedText.Shorten(reason, LongestReason);
        entry.Wait = retryAfter > wait ? retryAfter.Value : wait;
        entry.FailedAt = time.GetTimestamp();
    });

    private string Enqueue(UnknownImage unknown)
    {
        var @namespace = unknown.Pull.Namespace;
        var line = _lines.GetValueOrDefault(@namespace);
        if (_waiting >= limits.Waiting || line?.Count >= limits.WaitingOfNamespace)
        {
            return "too many unknown images wait to be read: try again in five minutes";
        }

        if (line is null)
        {
            _lines[@namespace] = line = new Queue<UnknownImage>();
        }

        if (line.Count == 0)
        {
            _turns.Enqueue(@namespace);
        }

        line.Enqueue(unknown);
        EntryOf(unknown.Image.ToString()).Waits = true;
        _waiting++;
        _ready.Writer.TryWrite(true);
        return "it is being read now: try again in a minute";
    }

    private void End(UnknownImage unknown, Action<Entry> change)
    {
        lock (_gate)
        {
            _waiting--;
            var entry = EntryOf(unknown.Image.ToString());
            entry.Waits = false;
            change(entry);
        }
    }

    private Entry EntryOf(string name)
    {
        if (_entries.TryGetValue(name, out var entry))
        {
            return entry;
        }

        // Those that wait are few and are passed over.
        for (var node = _oldest.First; _entries.Count >= limits.Remembered && node is not null;)
        {
            var next = node.Next;
            if (!_entries[node.Value].Waits)
            {
                _entries.Remove(node.Value);
                _oldest.Remove(node);
            }

            node = next;
        }

        _oldest.AddLast(name);
        return _entries[name] = new Entry();
    }

    // Names that Kubernetes would not take are not kept.
    private static PullIdentity IdentityOf(PodView pod)
    {
        var identity = PullIdentity.Of(pod);
        return identity with
        {
            ServiceAccount = identity.ServiceAccount.Length <= 253 ? identity.ServiceAccount : "default",
            Secrets = [.. identity.Secrets.Where(name => name.Length is > 0 and <= 253).Take(MostSecrets)],
        };
    }

    private static string Minutes(TimeSpan left) => left <= TimeSpan.FromMinutes(1) ? "a minute" : $"{Math.Ceiling(left.TotalMinutes):0} minutes";

    private sealed class Entry
    {
        public bool Waits { get; set; }

        public Digest? Digest { get; set; }

        public string? Failure { get; set; }

        public int Failures { get; set; }

        // By the clock that never jumps.
        public long FailedAt { get; set; }

        public TimeSpan Wait { get; set; }
    }
}
