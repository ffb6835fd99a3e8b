using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Python;

/// <summary>Installed Python distributions, by their core metadata (packaging.python.org, "Core metadata specifications").</summary>
internal sealed class PythonMetadataExtractor : IExtractor
{
    public string Name => "python";

    public int Version => 2;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => PythonPaths.IsMetadata(path);

    public void Extract(FileContent file, ExtractionContext context) => new PythonMetadata(file.ReadAll()).Finish(context);
}
