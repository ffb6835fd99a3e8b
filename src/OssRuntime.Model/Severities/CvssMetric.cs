namespace OssRuntime.Model.Severities;

/// <summary>A metric and the values that it may have; where it may be missing, the first of them is the one that it has then.</summary>
internal sealed record CvssMetric(CvssMetricGroup Group, string Name, params string[] Values);
