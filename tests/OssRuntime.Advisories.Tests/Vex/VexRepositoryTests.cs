using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Advisories.Vex;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Vex;

public sealed class VexRepositoryTests : IDisposable
{
    private const string Index = """
        { "version": 1, "packages": [
          { "id": "pkg:npm/left", "location": "pkg/npm/left/vex.json" },
          { "id": "pkg:npm/right", "location": "pkg/npm/right/vex.json" },
          { "id": "pkg:npm/out", "location": "../../etc/passwd" },
          { "id": "pkg:npm/broken", "location": "pkg/npm/broken/vex.json" },
          { "id": "no purl", "location": "x" }, 7 ] }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_the_documents_on_the_images_components_are_read(bool packed)
    {
        var repository = VexRepository.Open(packed ? WriteArchive() : WriteFolder());
        var told = new List<string>();

        var documents = repository.Read(Subject("left", "broken", "out"), told.Add);

        Assert.Equal(3, repository.Packages);
        Assert.Single(documents);
        Assert.Contains("pkg/npm/broken/vex.json", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(
            FindingStatus.NotAffected,
            new VexIndex(documents).Apply([VexTests.Finding(Components.Npm("left", "1.0.0"))], Subject("left"))[0].Status);
    }

    [Fact]
    public void An_archive_that_is_cut_is_told()
    {
        var whole = File.ReadAllBytes(WriteArchive());
        var cut = _folder.Write("cut.tar.gz", whole[..(whole.Length / 2)]);

        try
        {
            var told = new List<string>();
            VexRepository.Open(cut).Read(Subject("left"), told.Add);
            Assert.NotEmpty(told);
        }
        catch (VexException exception)
        {
            Assert.Contains("cut.tar.gz", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_without_index_is_refused()
    {
        Directory.CreateDirectory(_folder.At("empty"));

        Assert.Throws<VexException>(() => VexRepository.Open(_folder.At("empty")));
    }

    [Theory]
    [InlineData("rancher", 1115, "k8s.io", "sample-controller", "v1.27.1", "CVE-2023-24539")]
    [InlineData("aquasecurity", 56, "github.com/aquasecurity", "trivy", "v0.56.0", null)]
    public void The_published_repositories_are_read(string name, int least, string space, string program, string version, string? flaw)
    {
        AssertIsRead(Path.Combine(FeedSlice.Folder, "vex", name), 1, space, program, version, flaw);
        if (SharedFeeds.Root is { } real)
        {
            AssertIsRead(real.At("vex", name, "main.tar.gz"), least, space, program, version, flaw);
        }
    }

    private static void AssertIsRead(string path, int least, string space, string program, string version, string? flaw)
    {
        var repository = VexRepository.Open(path);
        var tool = Go(space, program, version);
        var library = Go(null, "stdlib", "v1.20.3");
        var subject = new VexSubject(new ComponentInventory { Components = [tool, library] }, null);

        var documents = repository.Read(subject, reason => Assert.Fail(reason));

        Assert.True(repository.Packages >= least, $"{repository.Packages} packages");
        Assert.NotEmpty(documents);
        if (flaw is not null)
        {
            var finding = new Finding { Id = flaw, Component = library, Status = FindingStatus.Affected };
            var verdict = new VexIndex(documents).Apply([finding], subject)[0];
            Assert.Equal((FindingStatus.NotAffected, "vulnerable_code_not_present"), (verdict.Status, verdict.Vex!.Justification));
        }
    }

    private static Component Go(string? space, string name, string version) => Components.Of("Go", "generic", name, version) with
    {
        Purl = PackageUrl.Of("golang", space, name, version),
        Location = new ComponentLocation(null, "usr/bin/tool"),
    };

    private static VexSubject Subject(params string[] names) =>
        new(new ComponentInventory { Components = [.. names.Select(name => Components.Npm(name, "1.0.0"))] }, null);

    private static Dictionary<string, string> Files() => new()
    {
        ["index.json"] = Index,
        ["pkg/npm/left/vex.json"] = VexTests.OpenVex(VexTests.Statement("CVE-2024-1", "pkg:npm/left", "not_affected")),
        ["pkg/npm/right/vex.json"] = "not read",
        ["pkg/npm/broken/vex.json"] = "{ broken",
    };

    private string WriteFolder()
    {
        foreach (var (name, content) in Files())
        {
            _folder.Write("hub/" + name, content);
        }

        return _folder.At("hub");
    }

    private string WriteArchive()
    {
        using var file = File.Create(_folder.At("main.tar.gz"));
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in Files())
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "vexhub-main/" + name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
            }
        }

        return _folder.At("main.tar.gz");
    }
}
