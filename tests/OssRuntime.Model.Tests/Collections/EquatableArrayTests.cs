using System.Collections.Immutable;
using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Tests.Collections;

public sealed class EquatableArrayTests
{
    private static readonly EquatableArray<string> Ab = ["a", "b"];

    [Fact]
    public void Arrays_with_the_same_elements_are_equal()
    {
        EquatableArray<string> same = ImmutableArray.Create("a", "b");

        Assert.True(Ab.Equals(same));
        Assert.True(Ab == same);
        Assert.False(Ab != same);
        Assert.True(Ab.Equals((object)same));
        Assert.Equal(Ab.GetHashCode(), same.GetHashCode());
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a")]
    [InlineData("a", "b", "c")]
    [InlineData("a", "B")]
    [InlineData]
    public void Another_order_length_or_element_makes_another_array(params string[] other)
    {
        EquatableArray<string> array = [.. other];

        Assert.False(Ab.Equals(array));
        Assert.True(Ab != array);
        Assert.False(Ab.Equals((object)array));
    }

    [Fact]
    public void It_is_equal_to_nothing_of_another_type() => Assert.False(Ab.Equals((object)ImmutableArray.Create("a", "b")));

    [Fact]
    public void One_that_was_never_set_is_empty()
    {
        var unset = default(EquatableArray<string>);
        EquatableArray<string> empty = [];

        Assert.Equal(empty, unset);
        Assert.Equal(empty.GetHashCode(), unset.GetHashCode());
        Assert.True(unset.IsEmpty);
        Assert.Equal(0, unset.Length);
        Assert.False(unset.AsImmutableArray().IsDefault);
        Assert.True(unset.AsSpan().IsEmpty);
        Assert.Empty(unset.ToList());
        foreach (var item in unset)
        {
            Assert.Fail(item);
        }
    }

    [Fact]
    public void Its_elements_are_reached_in_every_way()
    {
        Assert.Equal(2, Ab.Length);
        Assert.False(Ab.IsEmpty);
        Assert.Equal("b", Ab[1]);
        Assert.Equal("b", Ab[^1]);
        Assert.True(Ab is [_, "b"]);
        Assert.Equal(["a", "b"], Ab.Select(item => item));
        Assert.Equal(["a", "b", "c"], (EquatableArray<string>)[.. Ab, "c"]);
        Assert.Equal(2, ((IReadOnlyCollection<string>)Ab).Count);
        Assert.Throws<IndexOutOfRangeException>(() => Ab[2]);

        var passed = "";
        foreach (var item in Ab)
        {
            passed += item;
        }

        Assert.Equal("ab", passed);
    }

    [Fact]
    public void The_array_that_it_was_made_of_is_not_copied()
    {
        var items = ImmutableArray.Create("a", "b");
        EquatableArray<string> array = items;
        ImmutableArray<string> back = array;

        Assert.True(items == back);
    }

    [Fact]
    public void A_record_with_such_arrays_needs_no_equality_of_its_own()
    {
        Assert.Equal(new Record("x", ["a"]), new Record("x", ["a"]));
        Assert.NotEqual(new Record("x", ["a"]), new Record("x", ["b"]));
        Assert.Equal(new Record("x", []), new Record("x", default));
    }

    private sealed record Record(string Name, EquatableArray<string> Items);
}
