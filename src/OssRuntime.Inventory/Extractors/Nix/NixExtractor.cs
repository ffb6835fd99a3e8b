using System.Text;
using OssRuntime.Inventory.Extractors.Contents;
using OssRuntime.Inventory.Extractors.Sqlite;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Nix;

/// <summary>What is in a Nix store, by its database: the table <c>ValidPaths</c> has a row for each <c>/nix/store/HASH-NAME-VERSION</c>.</summary>
internal sealed class NixExtractor : IExtractor
{
    private const int PathColumn = 1;
    private const int LongestRow = 4096;
    private const string Store = "/nix/store/";
    private const int HashLength = 32;

    public string Name => "nix";

    public int Version => 1;

    public long LargestFile => 1L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => path.SequenceEqual("nix/var/nix/db/db.sqlite"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var database = new SqliteFile(file.Keep(), context.AddUnknown);
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
                Report(Encoding.UTF8.GetString(row.Slice((int)start, (int)length)), context);
            }
        });
    }

    /// <summary>The version is what follows the first dash before a digit. What has none is a script, a patch or a setting, and no package.</summary>
    private static void Report(string path, ExtractionContext context)
    {
        if (!path.StartsWith(Store, StringComparison.Ordinal) || path.Length < Store.Length + HashLength + 2 || path.EndsWith(".drv", StringComparison.Ordinal))
        {
            return;
        }

        var name = path[(Store.Length + HashLength + 1)..];
        for (var dash = name.IndexOf('-', StringComparison.Ordinal); dash > 0 && dash + 1 < name.Length; dash = name.IndexOf('-', dash + 1))
        {
            if (char.IsAsciiDigit(name[dash + 1]))
            {
                context.Add(new PackageRecord { Type = "nix", Name = name[..dash], Version = name[(dash + 1)..], Kind = ComponentType.OsPackage });
                return;
            }
        }
    }
}
