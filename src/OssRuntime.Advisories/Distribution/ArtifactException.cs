namespace OssRuntime.Advisories.Distribution;

/// <summary>A database that cannot be brought to a registry or from there, or is not taken; the message is the reason that users see.</summary>
public sealed class ArtifactException : Exception
{
    /// <summary>With a reason.</summary>
    public ArtifactException(string reason)
        : base(reason)
    {
    }

    /// <summary>With a reason and what lies behind it.</summary>
    public ArtifactException(string reason, Exception inner)
        : base(reason, inner)
    {
    }
}
