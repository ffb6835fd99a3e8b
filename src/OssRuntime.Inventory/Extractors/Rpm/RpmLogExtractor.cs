using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// The log beside <c>rpmdb.sqlite</c>. It is empty when rpm has ended as it should; else it has changes that are not in the database yet, and that
/// the inventory does not have either.
/// </summary>
internal sealed class RpmLogExtractor : IExtractor
{
    public string Name => "rpm-log";

    public int Version => 1;

    public long LargestFile => long.MaxValue;

    public bool Wants(ReadOnlySpan<byte> path) => RpmPaths.IsLog(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        if (file.Size > 0)
        {
            context.AddUnknown("it has changes that the rpm database has not taken in; packages may be missing, or listed in older versions");
        }
    }
}
