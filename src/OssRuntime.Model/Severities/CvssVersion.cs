namespace OssRuntime.Model.Severities;

/// <summary>The versions of the Common Vulnerability Scoring System.</summary>
public enum CvssVersion
{
    /// <summary>Version 2, of 2007.</summary>
    V2,

    /// <summary>Version 3.0, of 2015.</summary>
    V30,

    /// <summary>Version 3.1, of 2019.</summary>
    V31,

    /// <summary>Version 4.0, of 2023.</summary>
    V40,
}
