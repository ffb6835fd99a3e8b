namespace OssRuntime.Model.Coverage;

/// <summary>How much of an image was checked, in a word.</summary>
public enum CheckState
{
    /// <summary>Everything that is in it: no finding means that nothing is known against it.</summary>
    Complete,

    /// <summary>Some of it: no finding says nothing about the rest.</summary>
    Partly,

    /// <summary>Nothing of it: no finding says nothing at all.</summary>
    Nothing,
}
