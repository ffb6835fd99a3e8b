using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests.Api;

public sealed class JsonSieveTests
{
    private static readonly JsonPlan Plan = JsonPlan.Of("kind", "uid").And(
        ("metadata", JsonPlan.Of("name", "labels")), ("spec", JsonPlan.Of(("containers", JsonPlan.Of("image")))));

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"kind":"Pod","other":{"kind":"x"},"uid":7}""", """{"kind":"Pod","uid":7}""")]
    [InlineData(""" { "other" : [ 1 , { "a" : "}]\"" } ] , "uid" : "u\"}" } """, """{"uid":"u\"}"}""")]
    [InlineData("""{"metadata":{"annotations":{"name":"a"},"name":"b","labels":{"a":{"name":[1,2]}}},"x":null}""", """{"metadata":{"name":"b","labels":{"a":{"name":[1,2]}}}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"a","image":"b"},{},{"env":[[[]]],"image":"c"}]}}""", """{"spec":{"containers":[{"image":"b"},{},{"image":"c"}]}}""")]
    [InlineData("""{"spec":{"containers":[]},"metadata":[]}""", """{"spec":{"containers":[]},"metadata":[]}""")]
    [InlineData("""{"spec":{"containers":null},"metadata":"text","uid":-1.5e3}""", """{"spec":{"containers":null},"metadata":"text","uid":-1.5e3}""")]
    [InlineData("""{"k\u0069nd":"Pod","\"\\":{"kind":1}}""", """{"kind":"Pod"}""")]
    public void What_is_wanted_is_let_through_however_it_arrives(string document, string expected)
    {
        for (var size = 1; size <= document.Length; size++)
        {
            var sieve = new JsonSieve(Plan, 1024);
            Feed(sieve, document, size);
            Assert.True(sieve.IsComplete, sieve.Problem);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(sieve.Document.Span)), Encoding.UTF8.GetString(sieve.Document.Span));
        }
    }

    [Fact]
    public void What_is_not_wanted_may_be_of_any_size()
    {
        var sieve = new JsonSieve(Plan, 100);
        sieve.Write("""{"uid":"u","spec":{"env":["""u8);
        var text = Encoding.UTF8.GetBytes("\"" + string.Concat(Enumerable.Repeat("\\u003c", 10_000)) + "\",");
        for (var i = 0; i < 200; i++)
        {
            sieve.Write(text);
        }

        sieve.Write("""0],"containers":[{"image":"web"}]}}"""u8);
        Assert.True(sieve.IsComplete);
        Assert.Equal("""{"uid":"u","spec":{"containers":[{"image":"web"}]}}""", Encoding.UTF8.GetString(sieve.Document.Span));
    }

    [Fact]
    public void More_than_the_limit_is_a_problem_and_what_came_before_stays()
    {
        var sieve = new JsonSieve(Plan, 60);
        Feed(sieve, """{"uid":"u","spec":{"containers":[{"image":"a"},{"image":"0123456789012345678901234567890123456789"}]}}""", 7);
        Assert.Contains("more than 60 bytes", sieve.Problem, StringComparison.Ordinal);
        Assert.False(sieve.IsComplete);
        Assert.Equal("""{"uid":"u","spec":{"containers":[{"image":"a"},{}]}}""", Encoding.UTF8.GetString(sieve.Document.Span));
    }

    [Fact]
    public void A_document_that_is_cut_anywhere_leaves_a_whole_one()
    {
        const string Document = """{"uid":"u","metadata":{"name":"a\"b","x":[1,{"y":2}]},"spec":{"containers":[{"image":"c"}]},"kind":12}""";
        for (var length = 1; length < Document.Length; length++)
        {
            var sieve = new JsonSieve(Plan, 1024);
            Feed(sieve, Document[..length], 3);
            Assert.False(sieve.IsComplete);
            Assert.NotNull(JsonNode.Parse(sieve.Document.Span));
        }
    }

    [Theory]
    [InlineData("}")]
    [InlineData("{,}")]
    [InlineData("""{"uid"}""")]
    [InlineData("""{"metadata":{"name":1]}""")]
    [InlineData("""{"uid":1,}""")]
    [InlineData("{7:1}")]
    public void What_is_no_json_is_a_problem(string document)
    {
        var sieve = new JsonSieve(Plan, 1024);
        Feed(sieve, document, 2);
        Assert.NotNull(sieve.Problem);
    }

    [Fact]
    public void What_follows_the_document_is_not_part_of_it()
    {
        var sieve = new JsonSieve(Plan, 1024);
        Assert.Equal(11, sieve.Write("""{"uid":"u"},{"uid":"v"}"""u8));
        Assert.True(sieve.IsComplete);
    }

    // The same as a parser that holds all of it, for documents that are made at random.
    [Fact]
    public void It_lets_through_what_a_whole_parser_would_keep()
    {
        var random = new Random(15);
        for (var i = 0; i < 3_000; i++)
        {
            var document = Some(random, 5);
            var sieve = new JsonSieve(Plan, 1 << 20);
            Feed(sieve, document.ToJsonString(), random.Next(1, 9));
            Assert.True(sieve.IsComplete, document.ToJsonString());
            Assert.True(JsonNode.DeepEquals(Kept(document, Plan), JsonNode.Parse(sieve.Document.Span)), document.ToJsonString());
        }
    }

    private static JsonNode? Kept(JsonNode? value, JsonPlan plan) => (value, plan.Members) switch
    {
        (JsonArray list, not null) => new JsonArray([.. list.Select(item => Kept(item, plan))]),
        (JsonObject item, { } members) => new JsonObject(item.Where(member => members.ContainsKey(member.Key)).Select(member => KeyValuePair.Create(member.Key, Kept(member.Value, members[member.Key])))),
        _ => value?.DeepClone(),
    };

    private static JsonNode Some(Random random, int depth)
    {
        string[] names = ["kind", "uid", "metadata", "name", "labels", "spec", "containers", "image", "other", "\"", "\\", "[{"];
        string[] texts = ["", "\\", "\"", "}]", "<\u0001\u00e4\ud83d\ude00", "text"];
        var item = new JsonObject();
        foreach (var name in names.Where(_ => random.Next(3) == 0))
        {
            item[name] = random.Next(depth == 0 ? 4 : 7) switch
            {
                0 => null,
                1 => random.Next(1000),
                2 => texts[random.Next(texts.Length)],
                3 => random.Next(2) == 0,
                4 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Some(random, depth - 1))]),
                _ => Some(random, depth - 1),
            };
        }

        return item;
    }

    private static void Feed(JsonSieve sieve, string document, int size)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        for (var at = 0; at < bytes.Length; at += size)
        {
            sieve.Write(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        }
    }
}
