using System.Text;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Tests.Paths;

public sealed class PathListTests
{
    [Fact]
    public void What_was_collected_comes_back_in_its_order()
    {
        string[] paths = ["usr/lib/a", "usr/lib/a/b", "usr/lib", "etc", "", "étc/ü", "étc/û", new string('x', 5000), "x", "x"];

        Assert.Equal(paths, Texts(Collected(paths)));
    }

    [Fact]
    public void Neighbours_take_little_more_than_their_own_names()
    {
        var list = Collected([.. Enumerable.Range(100, 900).Select(i => $"usr/share/doc/a-package-of-some-length/examples/{i}")]);

        Assert.True(list.Content.Length < 900 * 5 + 60);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_such_and_harm_no_neighbour()
    {
        var builder = new PathListBuilder();
        builder.Add([(byte)'a', 0xC3]);
        builder.Add([(byte)'a', 0xC3, 0xBC]);

        Assert.Equal(["a\uFFFD", "aü"], Texts(builder.Build()));
    }

    [Fact]
    public void What_is_kept_reads_back()
    {
        var list = Collected("a/b", "a/c");

        Assert.Equal(["a/b", "a/c"], Texts(PathList.Parse(list.Count, list.Content.ToArray())));
        Assert.Empty(Texts(PathList.Parse(0, [])));
    }

    [Theory]
    [InlineData(1, new byte[] { 1, 0 })] // shares with none
    [InlineData(1, new byte[] { 0, 2, 65 })] // breaks off
    [InlineData(1, new byte[] { 0 })]
    [InlineData(1, new byte[] { 0x80 })]
    [InlineData(1, new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(2, new byte[] { 0, 1, 65 })] // fewer than stated
    public void Damaged_bytes_are_refused(int count, byte[] content) =>
        Assert.Throws<InvalidDataException>(() => PathList.Parse(count, content));

    private static PathList Collected(params string[] paths)
    {
        var builder = new PathListBuilder();
        foreach (var path in paths)
        {
            builder.Add(Encoding.UTF8.GetBytes(path));
        }

        return builder.Build();
    }

    private static List<string> Texts(PathList list)
    {
        var texts = new List<string>();
        foreach (var path in list)
        {
            texts.Add(path.ToString());
        }

        return texts;
    }
}
