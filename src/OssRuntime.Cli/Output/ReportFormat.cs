namespace OssRuntime.Cli.Output;

/// <summary>How a scan is printed.</summary>
internal enum ReportFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>The documented JSON, everything in it.</summary>
    Json,
}
