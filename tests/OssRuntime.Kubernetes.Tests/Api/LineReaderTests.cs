using System.Text;
using CsCheck;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests.Api;

public sealed class LineReaderTests
{
    [Fact]
    public void Lines_are_the_same_however_they_arrive() =>
        Gen.Select(Gen.Int[1, 40_000].Array[1, 5], Gen.Int[0, 70_000].Array[1, 12]).Sample(
            (sizes, lengths) =>
            {
                var lines = lengths.Where(length => length > 0).Select((length, i) => new string((char)('a' + (i % 26)), length)).ToArray();
                var text = string.Join('\n', lengths.Select((length, i) => new string((char)('a' + (lengths[..i].Count(l => l > 0) % 26)), length))) + "\n";
                Assert.Equal(lines, Read(text, sizes));
            },
            iter: 60);

    [Fact]
    public void A_line_without_an_end_was_cut() => Assert.Throws<IOException>(() => Read("whole\ncut", [3]));

    [Fact]
    public void Of_a_line_that_is_larger_than_any_object_its_name_is_kept_and_the_next_is_read()
    {
        var large = $$$$"""{"type":"ADDED","object":{"kind":"Pod","metadata":{"name":"a","namespace":"n","resourceVersion":"7","annotations":{"a":"{{{{new string('x', ReceiveBuffer.ObjectLimit)}}}}"}},"spec":{}}}""";
        Assert.Equal(
            ["""{"type":"ADDED","object":{"metadata":{"name":"a","namespace":"n","resourceVersion":"7"}}}""", "next"],
            Read($"{large}\nnext\n", [1_000_000]));
    }

    [Fact]
    public void The_largest_object_passes() => Assert.Single(Read(new string('x', ReceiveBuffer.ObjectLimit - 1) + "\n", [1_000_000]));

    private static List<string> Read(string text, IReadOnlyList<int> sizes)
    {
        using var reader = new LineReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), sizes));
        var lines = new List<string>();
        while (reader.ReadAsync(static () => { }, default).GetAwaiter().GetResult())
        {
            lines.Add(Encoding.UTF8.GetString(reader.Line.Span));
        }

        return lines;
    }
}
