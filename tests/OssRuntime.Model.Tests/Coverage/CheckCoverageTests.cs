using CsCheck;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Tests.Coverage;

public sealed class CheckCoverageTests
{
    [Fact]
    public void Components_are_the_checked_and_the_unchecked_of_all_reasons()
    {
        var steps = Gen.Select(Gen.Int[0, 2], Gen.Enum<UncheckedReason>(), Gen.String[0, 40], Gen.String[0, 40]).Array[0, 200];
        steps.Sample(all =>
        {
            var builder = new CheckCoverageBuilder();
            foreach (var (kind, reason, subject, example) in all)
            {
                switch (kind)
                {
                    case 0:
                        builder.AddChecked();
                        break;
                    case 1:
                        builder.AddUnchecked(reason, subject, example);
                        break;
                    default:
                        builder.AddPlace(reason, subject, example);
                        break;
                }
            }

            var coverage = builder.Build();
            return coverage.Components == all.Count(step => step.Item1 < 2)
                && coverage.Components == coverage.Checked + coverage.Unchecked.Sum(group => group.Components)
                && coverage.Unchecked.Sum(group => group.Places) == all.Count(step => step.Item1 == 2)
                && coverage.Unchecked.Length <= CheckCoverageBuilder.MostGroups + Enum.GetValues<UncheckedReason>().Length
                && coverage.Unchecked.All(group => group.Examples.Length <= CheckCoverageBuilder.MostExamples);
        });
    }

    [Fact]
    public void A_group_is_read_back_from_its_line()
    {
        var groups = Gen.Select(Gen.Enum<UncheckedReason>(), Gen.String[0, 300], Gen.Int[0, 9], Gen.String[1, 300].Array[0, 5]);
        groups.Sample((reason, subject, components, examples) =>
        {
            var builder = new CheckCoverageBuilder();
            for (var i = 0; i < components; i++)
            {
                builder.AddUnchecked(reason, subject, examples.ElementAtOrDefault(i));
            }

            builder.AddPlace(reason, subject, examples.LastOrDefault());
            var group = Assert.Single(builder.Build().Unchecked);
            Assert.DoesNotContain('\n', group.ToString());
            Assert.Equal(group, UncheckedGroup.TryParse(group.ToString()));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("EcosystemNotCovered")]
    [InlineData("EcosystemNotCovered -1 components 0 places: Debian 12")]
    [InlineData("EcosystemNotCovered 1 components 99999999999 places: Debian 12")]
    [InlineData("99 1 components 0 places: Debian 12")]
    [InlineData("Innocent 1 components 0 places: Debian 12")]
    public void A_line_of_another_form_is_no_group(string line) => Assert.Null(UncheckedGroup.TryParse(line));

    [Fact]
    public void The_state_tells_everything_from_something_from_nothing()
    {
        var builder = new CheckCoverageBuilder();
        builder.AddChecked();
        Assert.Equal(("all 1 components checked", CheckState.Complete), (builder.Build().Sentence, builder.Build().State));
        builder.AddUnchecked(UncheckedReason.EcosystemNotCovered, "Debian 12", "pkg:deb/debian/apt@2.6.1");
        Assert.Equal(("1 of 2 components checked; not checked: no advisories for Debian 12 in this database", CheckState.Partly), (builder.Build().Sentence, builder.Build().State));

        var nothing = new CheckCoverageBuilder();
        nothing.AddUnchecked(UncheckedReason.EcosystemNotCovered, "Debian 12", "pkg:deb/debian/apt@2.6.1");
        Assert.Equal(("1 of 1 components NOT CHECKED: no advisories for Debian 12 in this database", CheckState.Nothing), (nothing.Build().Sentence, nothing.Build().State));
    }

    [Fact]
    public void An_image_in_which_nothing_was_found_is_not_one_that_was_checked()
    {
        var builder = new CheckCoverageBuilder();
        builder.AddGaps(new ComponentInventory { Components = [] });
        Assert.Equal("NOTHING CHECKED: no package and no known program was found", builder.Build().Sentence);
        Assert.Equal(CheckState.Nothing, builder.Build().State);
    }

    [Fact]
    public void What_was_not_matched_keeps_the_gaps_of_its_inventory()
    {
        var inventory = new ComponentInventory
        {
            Components = [Component("a"), Component("b")],
            Unknowns = [new Unknown("app/x.jar", "jar", "it is cut"), new Unknown("", "layers", "the layers could not be read")],
        };
        var coverage = CheckCoverage.Unmatched(inventory, UncheckedReason.NoDatabase);
        Assert.Equal((2, 0), (coverage.Components, coverage.Checked));
        Assert.Equal(
            ["NoDatabase 2 components 0 places: ", "FilesUnreadable 0 components 2 places: , for example app/x.jar | the layers could not be read"],
            coverage.Unchecked.Select(group => group.ToString()));
        Assert.Equal(UncheckedReason.NoDatabase, CheckCoverage.Unmatched(inventory with { Components = [], Unknowns = [] }, UncheckedReason.NoDatabase).Unchecked[0].Reason);
    }

    private static Component Component(string name) => new()
    {
        Purl = PackageUrl.TryParse($"pkg:npm/{name}@1", out var purl, out var error) ? purl! : throw new FormatException(error),
        Name = name,
        Version = "1",
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(null, $"{name}/package.json"),
    };
}
