namespace OssRuntime.Cli.Output;

/// <summary>How a scan is printed.</summary>
internal enum ReportFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>The documented JSON, everything in it.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>Markdown for a comment on a pull request.</summary>
    Markdown,

    /// <summary>JUnit XML, which pipelines show as tests.</summary>
    JUnit,

    /// <summary>One page for a browser.</summary>
    Html,

    /// <summary>Objects of the group openreports.io, for a cluster.</summary>
    OpenReports,

    /// <summary>An SBOM: CycloneDX 1.6 in JSON.</summary>
    CycloneDx,

    /// <summary>The same with vulnerabilities and what VEX says of them.</summary>
    CycloneDxVex,

    /// <summary>An SBOM: SPDX 2.3 in JSON.</summary>
    Spdx,

    /// <summary>An SBOM: SPDX 3.0 in JSON-LD.</summary>
    Spdx3,
}
