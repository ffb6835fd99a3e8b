using System.Text;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Testing.Fuzzing;

namespace OssRuntime.Advisories.Tests.Fuzzing;

/// <summary>Spoilt files of every feed: a database is built of them, and the sound record beside them is in it.</summary>
public sealed class FeedFuzzTests
{
    private const double Share = 1.0 / 6;
    private const string Sound = "osv/PyPI/sound.json";

    public static TheoryData<string> Files => [.. FeedSeeds.All.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_spoilt_file_costs_nothing_but_itself(string path)
    {
        var seed = Encoding.UTF8.GetBytes(FeedSeeds.All[path]);
        var other = Encoding.UTF8.GetBytes(FeedSeeds.All[FeedSeeds.All.Keys.First(name => name != path)]);
        foreach (var number in FuzzRounds.Of(FeedSeeds.All.Count, Share))
        {
            var spoilt = Mutation.Spoil(seed, other, new Random(number));
            try
            {
                using var database = await TestDatabase.OfBytesAsync(new Dictionary<string, byte[]>
                {
                    [path] = spoilt,
                    [Sound] = Encoding.UTF8.GetBytes(Records.Range("PYSEC-2026-1", "PyPI", "sound", "introduced 0, fixed 2.0")),
                });
                Assert.Equal("PYSEC-2026-1", Assert.Single(database.Findings(Components.Of("PyPI", "pypi", "sound", "1.0"))).Id);
            }
            catch (Exception error) when (error is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"seed {number} of {path}: {error}");
            }
        }
    }

    [Fact]
    public async Task Unspoilt_every_file_is_read()
    {
        using var database = await TestDatabase.OfFilesAsync(FeedSeeds.All);

        Assert.Empty(database.Info.Sources.SelectMany(source => source.Failures));
        Assert.DoesNotContain(database.Info.Sources, source => source.Read == 0);
    }
}
