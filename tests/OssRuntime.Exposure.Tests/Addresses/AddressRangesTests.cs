using OssRuntime.Exposure.Addresses;

namespace OssRuntime.Exposure.Tests.Addresses;

public sealed class AddressRangesTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2a01:4f8::1", true)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("node-a.example", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_public_address_is_one_that_anybody_can_send_to(string? address, bool expected) => Assert.Equal(expected, AddressRanges.IsPublic(address));

    [Theory]
    [InlineData("0.0.0.0/0", "", true)]
    [InlineData("::/0", "", true)]
    [InlineData("10.0.0.0/8", "", false)]
    [InlineData("10.0.0.0/7", "", true)]
    [InlineData("8.8.8.0/24", "8.8.8.0/25,8.8.8.128/25", false)]
    [InlineData("8.8.8.0/24", "8.8.8.0/25", true)]
    [InlineData("::/0", "2000::/3", false)]
    [InlineData("0.0.0.0/0", "::/0", true)]
    [InlineData("8.8.8.8/33", "", false)]
    [InlineData("8.8.8.8/", "", false)]
    [InlineData("8.8.8.8/-1", "", false)]
    [InlineData("nonsense/8", "", false)]
    [InlineData(null, "", false)]
    public void A_range_is_open_if_one_public_address_is_left_in_it(string? cidr, string except, bool expected) =>
        Assert.Equal(expected, AddressRanges.HoldsPublic(cidr, except.Split(',', StringSplitOptions.RemoveEmptyEntries)));
}
