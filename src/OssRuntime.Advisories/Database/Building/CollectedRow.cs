using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>One package of an advisory while the feeds are read; its statement lies encoded in a buffer.</summary>
internal struct CollectedRow
{
    public int Package;
    public int Advisory;
    public int Offset;
    public int Length;
    public RowFlags Flags;
}
