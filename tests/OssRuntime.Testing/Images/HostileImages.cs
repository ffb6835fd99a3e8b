using System.IO.Compression;
using System.Text;

namespace OssRuntime.Testing.Images;

/// <summary>Images that were made to cost their reader more than it has: small to keep, large to read. They are built as they are asked for.</summary>
public static class HostileImages
{
    /// <summary>How each is built, by its name, in the size that it is measured in.</summary>
    public static IReadOnlyDictionary<string, Func<BuiltImage>> All { get; } = new Dictionary<string, Func<BuiltImage>>(StringComparer.Ordinal)
    {
        ["5.4 million stanzas of dpkg"] = () => Stanzas(files: 4, perFile: 1_350_000),
        ["12 deps.json of 400,000 packages"] = () => Dependencies(files: 12, perFile: 400_000),
        ["jars of zeros in jars"] = () => NestedJars(files: 60, jars: 20, bytes: 200 << 20),
        ["1 deps.json of 99,000 packages"] = () => Dependencies(files: 1, perFile: 99_000),
        ["500,000 manifests with paths of 1,000 characters"] = () => LongPaths(500_000),
        ["20,000 hard links to a list of 50,000 packages"] = () => HardLinks(packages: 50_000, links: 20_000),
        ["300,000 stanzas that are broken in 3,000 files"] = () => BrokenStanzas(files: 3_000, perFile: 100),
        ["40 SBOMs of 60 MB"] = () => Sboms(files: 40, bytes: 60 << 20),
    };

    /// <summary>Packages of dpkg without end.</summary>
    public static BuiltImage Stanzas(int files, int perFile) => Image((tar, number) =>
    {
        var text = new StringBuilder();
        for (var i = 0; i < perFile; i++)
        {
            text.Append("Package: p").Append((number * perFile) + i).Append("\nVersion: ").Append(i).Append("\n\n");
        }

        tar.File($"var/lib/dpkg/status.d/p{number}", text.ToString());
    }, files);

    /// <summary>Packages of NuGet without end.</summary>
    public static BuiltImage Dependencies(int files, int perFile) => Image((tar, number) =>
    {
        tar.File($"app/p{number}.deps.json", DepsJson(perFile));
    }, files);

    /// <summary>Archives that hold archives that are nothing but zeros.</summary>
    public static BuiltImage NestedJars(int files, int jars, int bytes)
    {
        var bomb = ZipBuilder.Zip(CompressionLevel.SmallestSize, ("zeros.jar", new byte[bytes]));
        var jar = ZipBuilder.Zip(CompressionLevel.SmallestSize, [.. Enumerable.Range(0, jars).Select(i => ($"bomb{i}.jar", (object)bomb))]);
        return Image((tar, number) => tar.File($"app/bombs{number}.jar", jar), files);
    }

    /// <summary>Files that readers want, at paths as long as may be.</summary>
    public static BuiltImage LongPaths(int files)
    {
        const int PerPart = 1_000;
        var folder = string.Join('/', Enumerable.Repeat(new string('d', 99), 9));
        return Image((tar, number) =>
        {
            for (var i = 0; i < PerPart; i++)
            {
                tar.LongName($"{folder}/{(number * PerPart) + i:00000000}/node_modules/a/package.json").File("short", "{}");
            }
        }, files / PerPart);
    }

    /// <summary>One list of packages under many names.</summary>
    public static BuiltImage HardLinks(int packages, int links) => Image((tar, _) =>
    {
        tar.File("app/first.deps.json", DepsJson(packages));
        for (var i = 0; i < links; i++)
        {
            tar.HardLink($"app/link{i}.deps.json", "app/first.deps.json");
        }
    }, 1);

    /// <summary>Records of which there is only something to say.</summary>
    public static BuiltImage BrokenStanzas(int files, int perFile) => Image((tar, number) =>
    {
        var stanza = $"Package: {new string('p', 250)}\nthis is no field\nStatus: install ok installed\n\n";
        tar.File($"var/lib/dpkg/status.d/p{number}", string.Concat(Enumerable.Repeat(stanza, perFile)));
    }, files);

    /// <summary>Documents that are long and say nothing.</summary>
    public static BuiltImage Sboms(int files, int bytes)
    {
        var document = Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","components":[{{string.Join(',', Enumerable.Repeat("""{"type":"library","name":"same","version":"1","purl":"pkg:npm/same@1"}""", bytes / 72))}}]}""");
        return Image((tar, number) => tar.File($"usr/share/sbom/{number}.json", document), files);
    }

    private static string DepsJson(int packages)
    {
        var text = new StringBuilder("""{"libraries":{""");
        for (var i = 0; i < packages; i++)
        {
            text.Append(i == 0 ? "" : ",").Append("\"P").Append(i).Append("""/1.0.0":{"type":"package"}""");
        }

        return text.Append("}}").ToString();
    }

    /// <summary>A layer in parts that are compressed as they come: whole it would not fit into memory.</summary>
    private static BuiltImage Image(Action<TarBuilder, int> fill, int parts)
    {
        using var blob = new MemoryStream();
        using (var gzip = new GZipStream(blob, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var part = 0; part < parts; part++)
            {
                var tar = new TarBuilder();
                fill(tar, part);
                gzip.Write(tar.BuildWithoutEnd());
            }

            gzip.Write(new byte[1024]);
        }

        return new ImageBuilder().Blob(blob.ToArray()).Build();
    }
}
