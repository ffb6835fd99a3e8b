using System.IO.Compression;
using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>The same feeds give the same bytes, whoever packed them, in whatever order, and wherever they lie.</summary>
public sealed class SameFeedsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Another_order_in_an_archive_and_other_times_change_no_byte()
    {
        var records = Many("npm", "1.0.0").Concat(Many("npm", "2.0.0")).ToList();
        Zip("a", records, day: 1);
        records.Reverse();
        Zip("b", records, day: 20);

        Assert.Equal(await BuildAsync("a"), await BuildAsync("b"));
    }

    [Fact]
    public async Task Another_order_of_roots_and_other_names_of_theirs_change_no_byte()
    {
        Zip("a", Many("npm", "1.0.0"), day: 1);
        Zip("b", Many("npm", "2.0.0"), day: 1);
        Zip("z", Many("npm", "1.0.0"), day: 1);

        var first = await BuildAsync("a", "b");

        Assert.Equal(first, await BuildAsync("b", "a"));
        Assert.Equal(first, await BuildAsync("b", "z"));
    }

    // The records of both fixes have one id and one instant: which of them counts must not be chance.
    private static IEnumerable<(string Name, string Json)> Many(string ecosystem, string fix) => Enumerable.Range(0, 40).Select(number =>
        ($"X-{number}.json", Records.Range($"X-{number}", ecosystem, $"p{number % 7}", $"introduced 0, fixed {fix}", $"\"aliases\": [\"CVE-2026-{number % 11}\"], \"details\": \"{new string('x', number)}\",")));

    private void Zip(string root, IEnumerable<(string Name, string Json)> records, int day)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, json) in records)
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero);
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(json));
            }
        }

        _folder.Write($"{root}/osv/npm/all.zip", bytes.ToArray());
    }

    private async Task<string> BuildAsync(params string[] roots)
    {
        await new DatabaseBuilder().BuildAsync([.. roots.Select(root => new FeedRoot(_folder.At(root)))], _folder.At("built.db"));
        return Convert.ToHexString(await File.ReadAllBytesAsync(_folder.At("built.db"), TestContext.Current.CancellationToken));
    }
}
