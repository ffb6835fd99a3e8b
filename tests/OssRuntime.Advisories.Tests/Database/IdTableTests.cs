using System.Text;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Tests.Database;

public class IdTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public void Every_id_is_read_back_and_found(int count)
    {
        var random = new Random(count);
        var ids = Enumerable.Range(0, count).Select(i => $"{(random.Next(2) == 0 ? "CVE-2024-" : "GHSA-")}{random.Next(1 << 30)}{(i == 0 ? "" : "x")}")
            .Append(count == 0 ? "" : "ü").Where(id => id.Length > 0).Distinct().Select(Encoding.UTF8.GetBytes).ToList();
        ids.Sort((left, right) => left.AsSpan().SequenceCompareTo(right));
        var table = new IdTable(IdTable.Write([.. ids.Select(id => (ReadOnlyMemory<byte>)id)], ids.Select((_, i) => (uint)i * 3)).Written);

        for (var i = 0; i < ids.Count; i++)
        {
            Assert.Equal(Encoding.UTF8.GetString(ids[i]), table.Text((uint)i));
            Assert.Equal(i, table.Find(ids[i]));
            Assert.Equal((uint)i * 3, table.Flaw((uint)i));
        }

        Assert.Equal(-1, table.Find("CVE-2024"u8));
        Assert.Equal(-1, table.Find("zzz"u8));
        Assert.Equal(-1, table.Find([]));
    }
}
