using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Keys;

/// <summary>
/// Something that happened: an object of a kind was made, changed or deleted, or one of the events below that have no object. It says where to look and never
/// what was seen, so that two of them are as good as one.
/// </summary>
/// <param name="Kind">The object's kind, or the name of the event.</param>
/// <param name="Key">The object; for an event without one the default.</param>
internal readonly record struct ClusterEvent(string Kind, ObjectKey Key = default)
{
    /// <summary>Another advisory database is in use.</summary>
    public static readonly ClusterEvent DatabaseAdopted = new("database adopted");

    /// <summary>Other VEX documents are in use.</summary>
    public static readonly ClusterEvent VexAdopted = new("VEX adopted");

    /// <summary>The keys that seals are made and opened with are others.</summary>
    public static readonly ClusterEvent SealKeysChanged = new("seal keys changed");

    /// <summary>Every pod that was there at the start of this process was looked at once.</summary>
    public static readonly ClusterEvent StartCompleted = new("start completed");

    /// <summary>The name of the event of <see cref="ExceptionEnded"/>.</summary>
    public const string ExceptionEndedKind = "exception ended";

    /// <summary>An exception ended by the clock.</summary>
    public static ClusterEvent ExceptionEnded(ObjectKey exception) => new(ExceptionEndedKind, exception);

    /// <inheritdoc/>
    public override string ToString() => Key == default ? Kind : $"{Kind} {Key}";
}
