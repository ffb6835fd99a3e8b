using OssRuntime.Policy.Priorities;

namespace OssRuntime.Policy.Tests.Priorities;

/// <summary>The words of owners, in any case; numbers and other words are none.</summary>
public sealed class OwnerAnnotationsTests
{
    [Theory]
    [InlineData("Internet", ExposureLevel.Internet)]
    [InlineData("cluster", ExposureLevel.Cluster)]
    [InlineData("NONE", ExposureLevel.None)]
    [InlineData("3", null)]
    [InlineData("-1", null)]
    [InlineData("World", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_level_is_one_of_the_words(string? word, ExposureLevel? level) => Assert.Equal(level, OwnerAnnotations.LevelOf(word));

    [Theory]
    [InlineData("VeryHigh", HumanImpact.VeryHigh)]
    [InlineData("very-high", HumanImpact.VeryHigh)]
    [InlineData("low", HumanImpact.Low)]
    [InlineData("very high", null)]
    [InlineData("0", null)]
    [InlineData(null, null)]
    public void An_impact_is_one_of_the_words(string? word, HumanImpact? impact) => Assert.Equal(impact, OwnerAnnotations.ImpactOf(word));

    [Fact]
    public void Annotations_are_read_by_their_names()
    {
        var read = OwnerAnnotations.Of(new Dictionary<string, string> { ["ossruntime.io/exposure"] = "Internet", ["ossruntime.io/impact"] = "High", ["exposure"] = "None" });
        Assert.Equal(new OwnerAnnotations("Internet", "High"), read);
        Assert.Equal(new OwnerAnnotations(null, null), OwnerAnnotations.Of(null));
    }
}
