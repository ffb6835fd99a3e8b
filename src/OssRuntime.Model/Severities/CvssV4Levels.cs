namespace OssRuntime.Model.Severities;

/// <summary>The six levels of a macro vector, 0 being the most severe (CVSS v4.0 specification, section 8.2).</summary>
internal readonly record struct CvssV4Levels(int Eq1, int Eq2, int Eq3, int Eq4, int Eq5, int Eq6);
