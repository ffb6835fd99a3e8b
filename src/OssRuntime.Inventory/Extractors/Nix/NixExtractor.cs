using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Sqlite;

namespace OssRuntime.Inventory.Extractors.Nix;

/// <summary>What is in a Nix store, by its database: the table <c>ValidPaths</c> has a row for each <c>/nix/store/HASH-NAME-VERSION</c>.</summary>
internal sealed class NixExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "nix";

    private const int PathColumn = 1;
    private const int LongestRow = 4096;

    public string Name => Id;

    public int Version => 2;

    public long LargestFile => 1L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => path.SequenceEqual("nix/var/nix/db/db.sqlite"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var database = new SqliteFile(file.Keep(), context);
        if (database.FindTable("ValidPaths") is not { } root)
        {
            context.AddUnknown("it has no table of paths");
            return;
        }

        database.Walk(root, cell =>
        {
            Span<byte> row = stackalloc byte[LongestRow];
            row = row[..cell.Read(row)];
            if (SqliteRecord.TryColumn(row, PathColumn, out var start, out var length) && start + length <= row.Length)
            {
                NixStorePath.Report(Encoding.UTF8.GetString(row.Slice((int)start, (int)length)), context);
            }
        });
    }
}
