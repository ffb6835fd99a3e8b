namespace OssRuntime.Exposure.Lists;

/// <summary>What it comes to where an object names a backend in another namespace than its own.</summary>
internal enum ForeignBackends
{
    /// <summary>The controller follows it.</summary>
    Followed,

    /// <summary>The controller refuses it: nobody can worsen what is another's.</summary>
    Refused,

    /// <summary>An option of the controller decides, which the object does not show.</summary>
    ByOption,
}
