using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Sqlite;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// The packages of Red Hat, SUSE and their kin, from the database of rpm in any of its three forms: SQLite, Berkeley DB, and rpm's own (ndb). Which
/// one it is the first bytes tell.
/// </summary>
internal sealed class RpmDatabaseExtractor : IExtractor
{
    public string Name => "rpm";

    public int Version => 1;

    public long LargestFile => 2L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => RpmPaths.IsDatabase(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        if (file.Size == 0)
        {
            return;
        }

        var content = file.Keep();
        using var blobs = new RpmBlobs(content, context);
        Span<byte> start = stackalloc byte[16];
        start = start[..content.Read(0, start)];
        if (start.SequenceEqual(SqliteFile.Magic))
        {
            SqliteDatabase.Read(content, blobs, context);
        }
        else if (start.StartsWith(NdbDatabase.Magic))
        {
            NdbDatabase.Read(content, blobs);
        }
        else if (!BerkeleyDatabase.TryRead(content, blobs))
        {
            context.AddUnknown("it is not an rpm database of a known form");
        }
    }
}
