namespace OssRuntime.Operator.Images;

/// <summary>Whom a report is for.</summary>
internal enum Telling
{
    /// <summary>This process alone: after a restart the object that is there stays until all pods are known.</summary>
    ThisProcess,

    /// <summary>Everybody: the object is written.</summary>
    Everybody,
}
