using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.LockFiles;

/// <summary>
/// Lists of packages that a build would install: <c>package-lock.json</c>, <c>go.mod</c>, <c>poetry.lock</c>. They are no packages. Where an image has such a list and nothing of
/// its ecosystem, the image holds sources, or its packages lie where nobody looks: that is told, because silence would look like an image without packages.
/// </summary>
internal sealed class LockFileExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "lock-file";

    // Each with the ecosystem of its packages.
    private static readonly (byte[] Name, string Ecosystem)[] Lists =
    [
        ("package-lock.json"u8.ToArray(), "npm"), ("npm-shrinkwrap.json"u8.ToArray(), "npm"), ("yarn.lock"u8.ToArray(), "npm"), ("pnpm-lock.yaml"u8.ToArray(), "npm"), ("bun.lock"u8.ToArray(), "npm"),
        ("poetry.lock"u8.ToArray(), "PyPI"), ("Pipfile.lock"u8.ToArray(), "PyPI"), ("uv.lock"u8.ToArray(), "PyPI"), ("pdm.lock"u8.ToArray(), "PyPI"), ("requirements.txt"u8.ToArray(), "PyPI"),
        ("go.mod"u8.ToArray(), "Go"), ("Cargo.lock"u8.ToArray(), "crates.io"), ("composer.lock"u8.ToArray(), "Packagist"), ("packages.lock.json"u8.ToArray(), "NuGet"),
        ("pom.xml"u8.ToArray(), "Maven"), ("gradle.lockfile"u8.ToArray(), "Maven"),
    ];

    public string Name => Id;

    public int Version => 1;

    // Nothing of it is read.
    public long LargestFile => long.MaxValue;

    public bool Wants(ReadOnlySpan<byte> path)
    {
        // Examples and documents of packages are nobody's program.
        if (path.IsEmpty || path[^1] is not ((byte)'n' or (byte)'k' or (byte)'l' or (byte)'t' or (byte)'d' or (byte)'e') || path.StartsWith("usr/share/"u8) || path.IndexOf("node_modules/"u8) >= 0)
        {
            return false;
        }

        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        foreach (var list in Lists)
        {
            if (name.SequenceEqual(list.Name))
            {
                return true;
            }
        }

        return false;
    }

    public void Extract(FileContent file, ExtractionContext context) =>
        context.AddUnknown($"it lists packages of {EcosystemOf(file.Path)} that a build would install, and none of that ecosystem was found in the image");

    /// <summary>The ecosystem of the packages that the list at a path names.</summary>
    public static string EcosystemOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Lists.First(list => name == System.Text.Encoding.UTF8.GetString(list.Name)).Ecosystem;
    }
}
