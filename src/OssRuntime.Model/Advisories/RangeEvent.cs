namespace OssRuntime.Model.Advisories;

/// <summary>One event of a range: from, or up to, this version.</summary>
public readonly record struct RangeEvent(RangeEventType Type, string Version);
