namespace OssRuntime.Exposure.Pods;

/// <summary>What a container is to its pod.</summary>
internal enum ContainerClass
{
    /// <summary>One of the pod's main containers.</summary>
    Container,

    /// <summary>Runs to its end before the main containers start.</summary>
    Init,

    /// <summary>An init container that goes on running (<c>restartPolicy: Always</c>, KEP-753).</summary>
    Sidecar,

    /// <summary>A debug container, added while the pod runs.</summary>
    Ephemeral,
}
