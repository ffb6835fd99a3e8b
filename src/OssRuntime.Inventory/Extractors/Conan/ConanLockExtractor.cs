using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Conan;

/// <summary>
/// Packages of a C or C++ program: <c>conan.lock</c>; since Conan 2 lists of references (<c>zlib/1.3#revision%time</c>), before that a graph whose nodes have
/// one each. What only builds the program is in a list of its own, which is left out.
/// </summary>
internal sealed class ConanLockExtractor : IExtractor
{
    public string Name => "conan";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/conan.lock"u8) || path.SequenceEqual("conan.lock"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonFields.Parse(file);
        foreach (var reference in document.RootElement.Items("requires"))
        {
            Report(reference.ValueKind == JsonValueKind.String ? reference.GetString() : null, context);
        }

        if (document.RootElement.Field("graph_lock")?.Field("nodes") is { ValueKind: JsonValueKind.Object } nodes)
        {
            foreach (var node in nodes.EnumerateObject())
            {
                Report(node.Value.Text("ref"), context);
            }
        }
    }

    private static void Report(string? reference, ExtractionContext context)
    {
        var slash = reference?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash > 0)
        {
            var version = reference![(slash + 1)..];
            var end = version.AsSpan().IndexOfAny("@#%");
            context.Add(new PackageRecord { Type = "conan", Name = reference[..slash], Version = end < 0 ? version : version[..end], Kind = ComponentType.Library });
        }
    }
}
