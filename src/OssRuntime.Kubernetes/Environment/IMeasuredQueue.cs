namespace OssRuntime.Kubernetes.Environment;

/// <summary>What a queue lets be measured whenever somebody looks.</summary>
internal interface IMeasuredQueue
{
    /// <summary>Its name in the metrics.</summary>
    string Name { get; }

    /// <summary>How many keys are ready and not yet taken.</summary>
    int Depth { get; }

    /// <summary>For how long each key in hand has been worked on, in seconds.</summary>
    IReadOnlyList<double> AgesInHand();
}
