using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Composition;

/// <summary>State that a feature keeps for itself. It is brought up to date after what all features share, and before any work is asked for.</summary>
internal interface IEventFollower
{
    /// <summary>Takes note of what happened. One event has its turn after the other.</summary>
    void Follow(ClusterEvent happened);
}
