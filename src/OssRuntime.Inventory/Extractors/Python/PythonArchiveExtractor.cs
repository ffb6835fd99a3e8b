using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Zip;

namespace OssRuntime.Inventory.Extractors.Python;

/// <summary>
/// Python distributions in archives: wheels that lie about for installers (<c>ensurepip/_bundled/pip-23.2.1-py3-none-any.whl</c>) and eggs that run out of theirs.
/// Wheels may have others packed into them, each with its own <c>dist-info</c>.
/// </summary>
internal sealed class PythonArchiveExtractor : IExtractor
{
    private const int LargestRecord = 4 << 20;
    private const int MostRecords = 1000;

    public string Name => "python-archive";

    public int Version => 1;

    public long LargestFile => 2L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".whl"u8) || path.EndsWith(".egg"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var zip = new ZipDirectory(file.Keep(), context.Meter);
        foreach (var entry in zip.Find(name => PythonPaths.IsMetadata(name) || name.SequenceEqual("EGG-INFO/PKG-INFO"u8)).Take(MostRecords))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (ZipRecord.Read(zip, entry, LargestRecord, context.AddUnknown) is { Length: > 0 } text)
            {
                new PythonMetadata(text).Finish(context, entry.Name);
            }
        }
    }
}
