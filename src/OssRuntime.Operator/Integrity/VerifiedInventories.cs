using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// The ImageInventories that the operator wrote, each in the last form that it wrote: what somebody else makes of one changes nothing for those who go by it, and what
/// somebody else made from nothing is not there. A seal is looked at once, when the object changes.
/// </summary>
internal sealed partial class VerifiedInventories
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, ImageInventory> _own = [];
    private readonly ReportSeal _seal;
    private readonly ILogger _logger;
    private readonly List<Action<ObjectKey, ImageInventory?>> _followers = [];

    private Func<ObjectKey, ImageInventory?> _stored = _ => null;
    private Func<IReadOnlyList<ImageInventory>> _all = () => [];

    public VerifiedInventories(ReportSeal seal, SealKeys keys, ILoggerFactory loggers)
    {
        (_seal, _logger) = (seal, loggers.CreateLogger<VerifiedInventories>());
        keys.Follow(KeysChanged);
    }

    /// <summary>All of them at one moment.</summary>
    public IReadOnlyList<ImageInventory> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _own.Values];
            }
        }
    }

    /// <summary>The last form that the operator wrote; null where there is none.</summary>
    public ImageInventory? Find(ObjectKey key)
    {
        lock (_gate)
        {
            return _own.GetValueOrDefault(key);
        }
    }

    /// <summary>Begins to follow what is stored.</summary>
    public VerifiedInventories Of(Store<ImageInventory> stored)
    {
        (_stored, _all) = (stored.Get, stored.Snapshot);
        stored.Subscribe(change => Take(change.Key, change.New));
        return this;
    }

    /// <summary>Tells of all there are and of each change; null where one is gone. Changes come one after the other.</summary>
    public void Follow(Action<ObjectKey, ImageInventory?> follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
            foreach (var (key, resource) in _own)
            {
                follower(key, resource);
            }
        }
    }

    /// <summary>Takes note of an object as it is stored now; null where it is gone.</summary>
    public void Take(ObjectKey key, ImageInventory? now)
    {
        lock (_gate)
        {
            if (now is not null && _seal.Holds(now))
            {
                Keep(now);
            }
            else if (now is null)
            {
                Drop(key);
            }
            else if (_own.ContainsKey(key))
            {
                Log.NotOurs(_logger, key);
            }
        }
    }

    // What was sealed with a key that is gone may have been sealed by whoever took it.
    private void KeysChanged()
    {
        foreach (var key in _all().Select(resource => resource.Key))
        {
            lock (_gate)
            {
                if (_stored(key) is { } now && _seal.Holds(now))
                {
                    Keep(now);
                }
                else
                {
                    Drop(key);
                }
            }
        }
    }

    // Its status is another matter: whoever may write no more than that has not touched the rest.
    private void Keep(ImageInventory now)
    {
        var trusted = _seal.StatusOf(now);
        _own[now.Key] = ReferenceEquals(trusted, now.Status) ? now : now with { Status = trusted };
        Tell(now.Key, _own[now.Key]);
    }

    private void Drop(ObjectKey key)
    {
        if (_own.Remove(key))
        {
            Tell(key, null);
        }
    }

    private void Tell(ObjectKey key, ImageInventory? now) => _followers.ForEach(follower => follower(key, now));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ImageInventory {Key} was changed by somebody else: that does not count, and is put right")]
        public static partial void NotOurs(ILogger logger, ObjectKey key);
    }
}
