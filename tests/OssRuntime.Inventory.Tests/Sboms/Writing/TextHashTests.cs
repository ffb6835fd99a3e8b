using System.Security.Cryptography;
using System.Text;
using OssRuntime.Inventory.Sboms.Writing;

namespace OssRuntime.Inventory.Tests.Sboms.Writing;

public sealed class TextHashTests
{
    [Fact]
    public void Texts_of_any_length_are_hashed_as_if_they_stood_in_one_row()
    {
        string?[] texts = ["a", null, "", "ünï", new string('x', 5000), new string('y', 8191), new string('ß', 100_000), "z", .. Enumerable.Range(0, 5000).Select(i => $"{i}")];
        using var hash = new TextHash();
        using var row = new MemoryStream();
        foreach (var text in texts)
        {
            hash.Add(text);
            row.Write(Encoding.UTF8.GetBytes(text ?? ""));
            row.WriteByte(0xFF);
        }

        Assert.Equal(SHA256.HashData(row.ToArray()), hash.Finish());
    }

    [Fact]
    public void Two_texts_are_not_the_one_that_they_make_together()
    {
        Assert.NotEqual(Of("ab", "c"), Of("a", "bc"));
        Assert.NotEqual(Of("a"), Of("a", ""));
    }

    private static byte[] Of(params string[] texts)
    {
        using var hash = new TextHash();
        foreach (var text in texts)
        {
            hash.Add(text);
        }

        return hash.Finish();
    }
}
