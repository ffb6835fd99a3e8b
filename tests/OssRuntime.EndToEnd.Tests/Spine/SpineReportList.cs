namespace OssRuntime.EndToEnd.Tests.Spine;

/// <summary>A list of our objects.</summary>
internal sealed class SpineReportList
{
    public IReadOnlyList<SpineReport> Items { get; set; } = [];
}
