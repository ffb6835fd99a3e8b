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
            ["bank=l1", "legacy=l2", "list.l1=sha256:a\nweb:1\n", "list.l2=sha256:b\n", "shop=l1", "summary.cut=0", "summary.listed=2"],
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
        Assert.Contains("sha256:" + 0.ToString("x64"), list.Data["list." + list.Data["shop"]], StringComparison.Ordinal);
        Assert.DoesNotContain("sha256:" + 19_999.ToString("x64"), list.Data["list." + list.Data["shop"]], StringComparison.Ordinal);
    }

    [Fact]
    public void With_nothing_denied_there_is_nothing_in_it() => Assert.Equal(["summary.cut", "summary.listed"], DenyList.Of([]).Data.Keys);
}
