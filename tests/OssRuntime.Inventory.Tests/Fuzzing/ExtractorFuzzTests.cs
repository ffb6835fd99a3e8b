using System.Diagnostics;
using System.Text;
using System.Xml;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Testing.Fuzzing;

namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>Spoilt files of every kind. What a run finds goes into the tests of its extractor.</summary>
[Collection("fuzzing")]
public sealed class ExtractorFuzzTests
{
    /// <summary>No file of the seeds' size is worth more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Extractors => [.. ExtractorCatalog.Default.Extractors.Select(e => e.Name)];

    [Fact]
    public void Every_extractor_has_a_seed() =>
        Assert.Empty(ExtractorCatalog.Default.Extractors.Where(e => e is not IDirectoryExtractor && SeedsOf(e).Count == 0).Select(e => e.Name));

    [Theory]
    [MemberData(nameof(Extractors))]
    public void Spoilt_files_end_as_findings_or_reasons_and_never_take_long(string extractor)
    {
        var target = ExtractorCatalog.Default.Extractors.Single(e => e.Name == extractor);
        var seeds = SeedsOf(target);
        foreach (var number in FuzzRounds.Of(ExtractorCatalog.Default.Extractors.Length + ReaderFuzzTests.Targets.Count))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            foreach (var (path, content) in seeds)
            {
                var random = new Random(number);
                var other = FuzzSeeds.All[random.Next(FuzzSeeds.All.Count)].Content;
                Try(target, path, Mutation.Spoil(content, other, random), number);
            }

            if (target is IDirectoryExtractor directories)
            {
                TryName(directories, number);
            }
        }
    }

    private static List<(string Path, byte[] Content)> SeedsOf(IExtractor extractor) =>
        [.. FuzzSeeds.All.Where(s => extractor.Wants(Encoding.UTF8.GetBytes(s.Path)) || (extractor as IProgramExtractor)?.WantsProgram(Encoding.UTF8.GetBytes(s.Path), isExecutable: true) == true)];

    private static ReadingMeter Meter()
    {
        var meter = new ReadingMeter(new ImageBudget(new ContentLimits()));
        meter.Begin();
        return meter;
    }

    private static void TryName(IDirectoryExtractor extractor, int number)
    {
        var name = Mutation.Spoil("nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-zlib-1.3.1-dev"u8.ToArray(), "-1-2-"u8.ToArray(), new Random(number));
        var context = new ExtractionContext(ExtractorCatalog.Default, new ContentLimits(), Meter(), CancellationToken.None);
        extractor.WantsDirectory(name);
        extractor.ExtractDirectory(Encoding.UTF8.GetString(name), context);
    }

    private static void Try(IExtractor extractor, string path, byte[] content, int number)
    {
        var context = new ExtractionContext(ExtractorCatalog.Default, new ContentLimits { NestedBytes = 64 << 20 }, Meter(), CancellationToken.None);
        var watch = Stopwatch.StartNew();
        try
        {
            using var file = new FileContent(path, content.Length, new MemoryStream(content), new Spool(1 << 20, Path.GetTempPath()));
            extractor.Extract(file, context);
            if (context.TakeReadAgain())
            {
                using var again = new FileContent(path, content.Length, new MemoryStream(content), new Spool(1 << 20, Path.GetTempPath()));
                again.Keep();
                extractor.Extract(again, context);
            }
        }
        catch (Exception e) when (JsonProblem.IsOne(e) || e is XmlException or InvalidDataException or EndOfStreamException or IOException or InventoryException)
        {
            // What a reader says of input that is broken. Anything else is a mistake in the reader.
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {number} of {path}: {e}");
        }

        var findings = context.Take(path, extractor.Name);
        Assert.All(findings.Unknowns, u => Assert.DoesNotContain(u, c => char.IsControl(c)));
        Assert.True(watch.Elapsed < Longest, $"seed {number} of {path} took {watch.Elapsed}");
    }
}
