namespace OssRuntime.Kubernetes.Api;

/// <summary>How a server-side apply is made.</summary>
/// <param name="FieldManager">In whose name the fields are owned.</param>
/// <param name="Force">Whether fields that others own are taken over; without it they are a conflict.</param>
public readonly record struct ApplyOptions(string FieldManager, bool Force = true);
