using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Sqlite;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary><c>rpmdb.sqlite</c>: the table <c>Packages(hnum, blob)</c>.</summary>
internal static class SqliteDatabase
{
    private const int BlobColumn = 1;
    private const int LongestRecordHeader = 64;

    public static void Read(RandomContent file, RpmBlobs blobs, ExtractionContext context)
    {
        var database = new SqliteFile(file, context);
        if (database.FindTable("Packages") is not { } root)
        {
            blobs.Problem("it has no table of packages");
            return;
        }

        database.Walk(root, cell =>
        {
            Span<byte> head = stackalloc byte[LongestRecordHeader];
            head = head[..cell.Read(head)];
            if (!SqliteRecord.TryColumn(head, BlobColumn, out var start, out var length) || start + length > cell.Length)
            {
                blobs.Problem("a row of its table of packages is broken");
                return;
            }

            var header = blobs.Reserve(length);
            if (!header.IsEmpty && cell.TryRead(start, header))
            {
                blobs.Take(header);
            }
        });
    }
}
