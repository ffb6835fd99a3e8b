using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Matching;

/// <summary>A vector and who gives it.</summary>
internal sealed record RatedSource(string Advisory, string Source, CvssVector Vector);
