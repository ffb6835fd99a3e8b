using System.Text;
using System.Text.Json;
using CsCheck;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests.Api;

public sealed class ListDecoderTests
{
    private const string Whole = """
        { "kind": "WidgetList", "apiVersion": "v1", "extra": [{"items": [1, 2]}, "}]\"", null], "metadata": {"resourceVersion": "42", "continue": "next", "selfLink": ""},
          "items": [
            {"metadata": {"namespace": "ns", "name": "a", "managedFields": [{"fieldsV1": {"f:x": {}}}]}, "spec": {"size": 1, "parts": ["\u00e9\"}{", "y"]}},
            {"metadata": {"namespace": "ns", "name": "b"}, "spec": {"size": 2}},
            {"metadata": {"namespace": "ns", "name": "broken"}, "spec": {"size": "huge"}},
            {"metadata": {"namespace": "ns", "name": "c"}, "spec": {"size": 3}} ], "trailer": true }

        """;

    [Fact]
    public void A_list_is_the_same_however_it_arrives() =>
        Gen.Int[1, 50].Array[1, 8].Sample(
            sizes =>
            {
                var page = Read(Whole, sizes);
                Assert.Equal(["a", "b", "c"], page.Items.Select(widget => widget.Metadata.Name));
                Assert.Equal(["é\"}{", "y"], page.Items[0].Spec!.Parts!);
                Assert.Equal(("42", "next"), (page.ResourceVersion, page.Continue));
                Assert.Equal(new ObjectKey("ns", "broken"), Assert.Single(page.Undecodable).Key);
            },
            iter: 300);

    [Theory]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":null}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"},"items":[]}""")]
    [InlineData("""{"items":[],"metadata":{"resourceVersion":"1","continue":""}}""")]
    [InlineData("""{"metadata":{"resourceVersion":"1"}}""")]
    public void A_list_without_objects_comes_in_several_forms(string text)
    {
        var page = Read(text, []);
        Assert.Empty(page.Items);
        Assert.Equal(("1", null), (page.ResourceVersion, page.Continue));
    }

    [Fact]
    public void A_list_that_is_cut_anywhere_is_no_list()
    {
        for (var length = 0; length < Whole.TrimEnd().Length; length++)
        {
            Assert.Throws<IOException>(() => Read(Whole[..length], [16]));
        }
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[1,]}""")]
    [InlineData("""{"metadata":3}""")]
    public void What_is_no_list_is_refused(string text) => Assert.ThrowsAny<JsonException>(() => Read(text, []));

    [Fact]
    public void An_object_without_a_readable_name_is_still_told_of()
    {
        var page = Read("""{"items":[{"metadata":[]},7,{"metadata":{"name":"a"}}]}""", []);
        Assert.Equal(2, page.Undecodable.Count);
        Assert.All(page.Undecodable, broken => Assert.Null(broken.Key));
        Assert.Single(page.Items);
    }

    [Fact]
    public void An_object_of_endless_depth_is_refused() =>
        Assert.Throws<IOException>(() => Read("""{"items":[""" + string.Concat(Enumerable.Repeat("""{"a":""", 30_000)), []));

    [Fact]
    public void An_object_that_is_too_deep_for_its_type_costs_itself()
    {
        var page = Read($$"""{"items":[{"metadata":{"name":"deep"},"spec":{"size":{{new string('[', 9_000)}}{{new string(']', 9_000)}} } },{"metadata":{"name":"a"} }]}""", []);
        Assert.Equal("deep", Assert.Single(page.Undecodable).Key?.Name);
        Assert.Single(page.Items);
    }

    [Fact]
    public void An_object_that_is_larger_than_the_buffer_is_passed_over_however_it_arrives() =>
        Gen.Int[1, 30_000].Array[1, 4].Sample(
            sizes =>
            {
                var text = Whole.Replace("\"size\": 2}", $"\"size\": 2, \"text\": \"{string.Concat(Enumerable.Repeat("}]\\\"<", 40_000))}\"}}", StringComparison.Ordinal);
                var page = Read(text, sizes);
                Assert.Equal(["a", "c"], page.Items.Select(widget => widget.Metadata.Name));
                Assert.Equal(["b", "broken"], page.Undecodable.Select(broken => broken.Key?.Name));
                Assert.Equal(("42", "next"), (page.ResourceVersion, page.Continue));
            },
            iter: 30);

    private static ListPage<Widget> Read(string text, IReadOnlyList<int> sizes)
    {
        using var buffer = new ReceiveBuffer(new ChunkedStream(Encoding.UTF8.GetBytes(text), sizes), 64 * 1024);
        var decoder = new ListDecoder<Widget>(WidgetJsonContext.Default.Widget);
        while (buffer.FillAsync(default).AsTask().GetAwaiter().GetResult())
        {
            buffer.Consume(decoder.Read(buffer.Unread.Span));
            if (buffer.IsFull)
            {
                buffer.Consume(decoder.PassOver(buffer.Unread.Span));
            }
        }

        decoder.End();
        return decoder.Page;
    }
}
