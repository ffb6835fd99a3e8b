using OssRuntime.Model.Severities;

namespace OssRuntime.Advisories.Matching;

/// <summary>A vector and who gives it.</summary>
internal readonly record struct RatedSource(string Advisory, string Source, CvssVector Vector);
