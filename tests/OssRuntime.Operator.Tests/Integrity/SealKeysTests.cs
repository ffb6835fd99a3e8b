using OssRuntime.Operator.Integrity;

namespace OssRuntime.Operator.Tests.Integrity;

public sealed class SealKeysTests
{
    private static readonly byte[] First = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Second = [.. Enumerable.Repeat((byte)9, 32)];

    [Fact]
    public void A_seal_opens_for_its_parts_and_for_no_others_however_they_are_cut()
    {
        var keys = new SealKeys(First);
        var seal = keys.Of("report", "ab", "c");
        Assert.True(keys.Open(seal, "report", "ab", "c"));
        Assert.False(keys.Open(seal, "report", "a", "bc"));
        Assert.False(keys.Open(seal, "report", "abc"));
        Assert.False(keys.Open(seal, "report", "ab", "c", ""));
        Assert.False(keys.Open(seal, "status", "ab", "c"));
        Assert.False(new SealKeys(Second).Open(seal, "report", "ab", "c"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64 at all, and rather long besides: ****")]
    public void What_is_no_seal_opens_for_nothing(string? seal) => Assert.False(new SealKeys(First).Open(seal, "report"));

    [Fact]
    public void One_key_follows_another_without_a_gap()
    {
        var keys = new SealKeys(First);
        var old = keys.Of("report", "a");

        Assert.True(keys.Set(Second, First));
        Assert.True(keys.Open(old, "report", "a"));
        Assert.False(keys.OpenByCurrent(old, "report", "a"));
        Assert.True(keys.OpenByCurrent(keys.Of("report", "a"), "report", "a"));

        Assert.False(keys.Set([.. Second], [.. First]));
        Assert.True(keys.Set(Second));
        Assert.False(keys.Open(old, "report", "a"));
    }

    [Fact]
    public void Without_a_key_nothing_is_sealed_and_everything_opens()
    {
        var keys = new SealKeys();
        Assert.Null(keys.Of("report"));
        Assert.True(keys.Open(null, "report"));
        Assert.False(keys.Any);
    }
}
