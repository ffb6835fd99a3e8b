using System.Globalization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// Bridges the time between an apply and the moment at which the store shows it: until then the store's hash is the one before. An entry goes
/// as soon as the store shows the written version or a newer one, so that somebody else's later change counts.
/// </summary>
internal sealed class ApplyMemory<T>
    where T : class, IResource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ObjectKey Key, ApplyPart Part), ApplyAttempt<T>> _attempts = [];

    /// <summary>The attempt that still stands for the object's state instead of the store; null if there is none.</summary>
    public (string Hash, T? Answer, bool Refused)? Find(ObjectKey key, ApplyPart part)
    {
        lock (_lock)
        {
            return _attempts.TryGetValue((key, part), out var attempt) && (attempt.Answer is not null || attempt.Refused)
                ? (attempt.Hash, attempt.Answer, attempt.Refused)
                : null;
        }
    }

    public void Begin(ObjectKey key, ApplyPart part, string hash)
    {
        lock (_lock)
        {
            _attempts[(key, part)] = new ApplyAttempt<T>(hash);
        }
    }

    public void Succeeded(ObjectKey key, ApplyPart part, T answer)
    {
        lock (_lock)
        {
            if (_attempts.TryGetValue((key, part), out var attempt))
            {
                if (attempt.NewestSeen >= Number(answer))
                {
                    _attempts.Remove((key, part));
                    return;
                }

                attempt.Answer = answer;
            }
        }
    }

    public void Refused(ObjectKey key, ApplyPart part)
    {
        lock (_lock)
        {
            if (_attempts.TryGetValue((key, part), out var attempt))
            {
                attempt.Refused = true;
            }
        }
    }

    public void Failed(ObjectKey key, ApplyPart part)
    {
        lock (_lock)
        {
            _attempts.Remove((key, part));
        }
    }

    /// <summary>Takes note of what the store shows.</summary>
    public void Saw(Change<T> change)
    {
        lock (_lock)
        {
            Saw(change, ApplyPart.Object);
            Saw(change, ApplyPart.Status);
        }
    }

    private void Saw(Change<T> change, ApplyPart part)
    {
        if (!_attempts.TryGetValue((change.Key, part), out var attempt))
        {
            return;
        }

        if (change.New is null)
        {
            _attempts.Remove((change.Key, part));
        }
        else if (attempt.Answer is { } answer && Number(change.New) >= Number(answer))
        {
            _attempts.Remove((change.Key, part));
        }
        else if (!attempt.Refused)
        {
            attempt.NewestSeen = Math.Max(attempt.NewestSeen, Number(change.New));
        }
    }

    // Versions are numbers that grow (KEP-5504 makes a promise of it). One that is not counts as newer than all: then the store is believed,
    // and the worst is a needless write.
    private static ulong Number(T item) =>
        ulong.TryParse(item.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : ulong.MaxValue;
}
