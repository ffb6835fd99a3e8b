using System.Diagnostics;
using OssRuntime.Testing.Fuzzing;

namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>Spoilt input for every reader that is no extractor: SBOMs, what registries answer, layers and archives, what stores keep.</summary>
[Collection("fuzzing")]
public sealed class ReaderFuzzTests
{
    /// <summary>No input of the seeds' size is worth more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>All targets.</summary>
    internal static IReadOnlyList<FuzzTarget> Targets { get; } = [.. FuzzDocuments.Targets, .. FuzzArchives.Targets];

    public static TheoryData<string> Names => [.. Targets.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sound_input_is_read_without_a_complaint(string name)
    {
        var target = Targets.Single(t => t.Name == name);

        target.Read(target.Seed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Spoilt_input_ends_as_a_result_or_a_reason_and_never_takes_long(string name)
    {
        var target = Targets.Single(t => t.Name == name);
        foreach (var number in FuzzRounds.Of(ExtractorFuzzTests.Extractors.Count + Targets.Count))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = new Random(number);
            var input = Mutation.Spoil(target.Seed, Targets[random.Next(Targets.Count)].Seed, random);
            var watch = Stopwatch.StartNew();
            try
            {
                target.Read(input);
            }
            catch (Exception e) when (Array.Exists(target.Allowed, type => type.IsInstanceOfType(e)))
            {
                // What the reader says of input that is broken.
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {number} of {name}: {e}");
            }

            Assert.True(watch.Elapsed < Longest, $"seed {number} of {name} took {watch.Elapsed}");
        }
    }
}
