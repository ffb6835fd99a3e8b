using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Integrity;

/// <summary>
/// The ImageInventories that the operator wrote, each in the last form that it wrote: what somebody else makes of one changes nothing for those who go by it, and what
/// somebody else made from nothing is not there. A seal is looked at once, when the object's event has its turn.
/// </summary>
internal sealed partial class VerifiedInventories(Store<ImageInventory> stored, ReportSeal seal, ILoggerFactory loggers)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, ImageInventory> _verified = [];
    private readonly ILogger _logger = loggers.CreateLogger<VerifiedInventories>();

    /// <summary>All of them at one moment.</summary>
    public IReadOnlyList<ImageInventory> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _verified.Values];
            }
        }
    }

    /// <summary>The last form that the operator wrote; null where there is none.</summary>
    public ImageInventory? Find(ObjectKey key)
    {
        lock (_gate)
        {
            return _verified.GetValueOrDefault(key);
        }
    }

    /// <summary>Takes note of the object as it is stored now.</summary>
    public void Refresh(ObjectKey key)
    {
        var now = stored.Get(key);
        var holds = now is not null && seal.Holds(now);
        var kept = holds ? Trusted(now!) : null;
        lock (_gate)
        {
            if (kept is not null)
            {
                _verified[key] = kept;
            }
            else if (now is null || (_verified.TryGetValue(key, out var before) && before.Uid != now.Uid))
            {
                // Also where it was made again so soon that both have one turn.
                _verified.Remove(key);
            }
            else if (before is not null)
            {
                Log.NotOurs(_logger, key);
            }
        }
    }

    /// <summary>Looks at all seals anew, since the keys are others: what was sealed with a key that is gone may have been sealed by whoever took it. Returns all keys there were or are.</summary>
    public IReadOnlyList<ObjectKey> RefreshAll()
    {
        var stands = stored.Snapshot();
        var held = stands.Where(seal.Holds).Select(Trusted).ToList();
        lock (_gate)
        {
            IReadOnlyList<ObjectKey> touched = [.. _verified.Keys.Union(stands.Select(resource => resource.Key))];
            _verified.Clear();
            held.ForEach(resource => _verified[resource.Key] = resource);
            return touched;
        }
    }

    // Its status is another matter: whoever may write no more than that has not touched the rest.
    private ImageInventory Trusted(ImageInventory now)
    {
        var trusted = seal.StatusOf(now);
        return ReferenceEquals(trusted, now.Status) ? now : now with { Status = trusted };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "ImageInventory {Key} was modified outside the operator; the modification is ignored and the object is restored")]
        public static partial void NotOurs(ILogger logger, ObjectKey key);
    }
}
