namespace OssRuntime.Stage;

/// <summary>Something that the stage needs is missing or failed; the message says what and is meant for the person at the terminal.</summary>
public sealed class StageException : Exception
{
    /// <summary>With the sentence to be shown.</summary>
    public StageException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
