using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Merging;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Tests.Merging;

public sealed class FileOwnersTests
{
    [Theory]
    [InlineData("usr/lib")]
    [InlineData("srv")]
    public void A_file_is_owned_under_the_name_that_a_link_leads_to_however_long_it_is(string target)
    {
        var paths = new PathListBuilder();
        paths.Add(System.Text.Encoding.UTF8.GetBytes($"{target}/app/package.json"));
        var owners = new FileOwners(
            [new OwnedFiles("app", null, paths.Build())], ["lib/app/package.json"], new Dictionary<string, string>(StringComparer.Ordinal) { ["lib"] = target });

        Assert.Equal("app", owners.OwnerOf("lib/app/package.json")?.Package);
        Assert.Equal("app", owners.OwnerOf($"{target}/app/package.json")?.Package);
        Assert.Null(owners.OwnerOf("lib/other"));
    }
}
