namespace OssRuntime.Operator.Composition;

/// <summary>How log lines are written.</summary>
internal enum LogFormat
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>A JSON object a line.</summary>
    Json,
}
