using OssRuntime.Operator.DenyLists;

namespace OssRuntime.Operator.Tests.DenyLists;

/// <summary>What the ConfigMap says, and that it stays within its bytes.</summary>
public sealed class DenyListTests
{
    [Fact]
    public void Namespaces_with_the_same_denials_share_a_list()
    {
        var list = DenyList.Of([new Denial(["sha256:a", "web:1"], ["bank", "shop"]), new Denial(["sha256:b"], ["legacy"])]);
        Assert.Equal(
            ["bank=l1", "l1.sha256_ca=", "l1.web_c1=", "l2.sha256_cb=", "legacy=l2", "shop=l1", "summary.cut=0", "summary.listed=2"],
            list.Data.Select(entry => $"{entry.Key}={entry.Value}"));
    }

    [Fact]
    public void What_there_is_no_room_for_is_cut_from_the_end_and_counted()
    {
        var denials = Enumerable.Range(0, 20_000).Select(i => new Denial(["sha256:" + i.ToString("x64")], ["shop", $"space-{i % 50}"])).ToList();
        var list = DenyList.Of(denials);
        Assert.InRange(list.Data.Sum(entry => entry.Key.Length + entry.Value.Length), 100_000, DenyList.Budget);
        Assert.Equal(20_000, list.Listed + list.Cut);
        Assert.Equal(list.Cut.ToString(), list.Data["summary.cut"]);
        Assert.Contains($"{list.Data["shop"]}.sha256_c{0:x64}", list.Data.Keys);
        Assert.DoesNotContain($"{list.Data["shop"]}.sha256_c{19_999:x64}", list.Data.Keys);
        Assert.All(list.Data.Keys, key => Assert.Matches("^[-._a-zA-Z0-9]{1,253}$", key));
    }

    [Fact]
    public void Names_stay_apart_and_one_that_is_too_long_for_a_key_is_left_to_its_digest()
    {
        string[] names = ["a/b:1", "a_sb:1", "a_b:1", "a__b:1", "a/b_c1", "a@b:1"];
        Assert.Equal(names.Length, names.Select(DenyList.KeyOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["l1.sha256_ca", "shop", "summary.cut", "summary.listed"], DenyList.Of([new Denial(["sha256:a", new string('n', 300)], ["shop"])]).Data.Keys);
    }

    [Fact]
    public void With_nothing_denied_there_is_nothing_in_it() => Assert.Equal(["summary.cut", "summary.listed"], DenyList.Of([]).Data.Keys);
}
