using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.DotNet;

/// <summary>
/// .NET assemblies that no deps.json names, by what they say of themselves: plug-ins, and programs that were put together by hand. All are read, since the
/// file that explains them may come later; the merge drops those that it does explain.
/// </summary>
internal sealed class DotNetAssemblyExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "dotnet-assembly";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 512 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".dll"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var content = file.Keep();
        Span<byte> start = stackalloc byte[2];
        if (!content.TryReadExactly(0, start) || !start.SequenceEqual("MZ"u8))
        {
            return;
        }

        try
        {
            using var pe = new PEReader(new SeekableContentStream(content), PEStreamOptions.LeaveOpen);
            if (pe.HasMetadata && pe.GetMetadataReader() is { IsAssembly: true } metadata && AssemblyIdentity.Of(metadata) is var (name, version))
            {
                context.Add(new PackageRecord { Type = "nuget", Name = name, Version = version, Kind = ComponentType.Library });
            }
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or OverflowException)
        {
            context.AddUnknown("it is not a valid .NET assembly");
        }
    }
}
