namespace OssRuntime.Cli.Output.JUnit;

/// <summary>What came of a test.</summary>
internal enum JUnitResult
{
    /// <summary>Checked, and nothing that fails.</summary>
    Passed,

    /// <summary>It fails the scan.</summary>
    Failed,

    /// <summary>It could not be read or decided.</summary>
    Error,

    /// <summary>It was not checked.</summary>
    Skipped,
}
