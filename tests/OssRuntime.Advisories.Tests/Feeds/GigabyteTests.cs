using System.IO.Compression;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds;

/// <summary>Documents of a gigabyte, which no feed has: they are refused with a reason and never taken into memory.</summary>
public sealed class GigabyteTests : IDisposable
{
    private const long Gigabyte = 1L << 30;
    private const long Little = 64 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("osv/npm/HUGE-1.json", "the document is larger than 32 MiB")]
    [InlineData("debian-tracker/tracker/data/json", "the file is larger than 256 MiB")]
    [InlineData("alpine-secdb/v3.20/main.json", "the file is larger than 256 MiB")]
    [InlineData("kev/known_exploited_vulnerabilities.json", "the file is larger than 256 MiB")]
    [InlineData("endoflife.date/api/v1/products/full.json", "the file is larger than 256 MiB")]
    [InlineData("nvd/rest/json/cves/2.0.json", "the file is larger than 256 MiB")]
    [InlineData("photon/photon_cve_metadata/cve_data_photon5.0.json", "the file is larger than 256 MiB")]
    [InlineData("suse/csaf-vex/cve-2026-1.json", "the document is larger than 32 MiB")]
    [InlineData("redhat/data/csaf/v2/vex/2026/cve-2026-1.json", "the document is larger than 32 MiB")]
    public async Task A_document_of_a_gigabyte_is_refused_and_never_taken_into_memory(string path, string reason)
    {
        // Sparse: it takes no room on the disk.
        using (var file = File.Create(_folder.Write("feeds/" + path, "")))
        {
            file.SetLength(Gigabyte);
        }

        var before = GC.GetTotalAllocatedBytes();
        var info = await BuildAsync();

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Little);
        var source = Assert.Single(info.Sources, source => source.Failures.Length + source.Reasons.Length > 0);
        Assert.Equal(reason, source.Failures.Select(failure => failure.Reason).Concat(source.Reasons.Select(skipped => skipped.Reason)).Single());
    }

    [Fact]
    public async Task A_gigabyte_in_an_archive_is_refused_and_the_record_beside_it_is_kept()
    {
        Directory.CreateDirectory(_folder.At("feeds", "osv", "npm"));
        using (var archive = ZipFile.Open(_folder.At("feeds", "osv", "npm", "all.zip"), ZipArchiveMode.Create))
        {
            using (var huge = archive.CreateEntry("HUGE-1.json", CompressionLevel.Fastest).Open())
            {
                huge.Write("{ \"id\": \"HUGE-1\", \"details\": \""u8);
                var text = new byte[1 << 20];
                text.AsSpan().Fill((byte)'a');
                for (var written = 0L; written < Gigabyte; written += text.Length)
                {
                    huge.Write(text);
                }

                huge.Write("\" }"u8);
            }

            using var sound = archive.CreateEntry("GHSA-aaaa-bbbb-cccc.json").Open();
            sound.Write(System.Text.Encoding.UTF8.GetBytes(Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0")));
        }

        var before = GC.GetTotalAllocatedBytes();
        var info = await BuildAsync();

        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, Little);
        Assert.Equal(1, info.Advisories);
        Assert.Equal(1, Assert.Single(info.Sources).Skipped);
    }

    private Task<DatabaseInfo> BuildAsync() => new DatabaseBuilder().BuildAsync([new FeedRoot(_folder.At("feeds"))], _folder.At("a.db"));
}
