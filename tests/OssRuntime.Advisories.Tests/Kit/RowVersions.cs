using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Building;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>Every version that the rows of an ecosystem name.</summary>
internal static class RowVersions
{
    public static List<string> Of(AdvisoryDatabase database, string ecosystem)
    {
        var versions = new List<string>();
        var number = database.Ecosystem(ecosystem);
        var packages = new ByteReader(database.Bytes(DatabaseFormat.Packages));
        var (count, slots) = (packages.UInt32(), packages.UInt32());
        packages.Bytes(slots * DatabaseFormat.Slot);
        for (var i = 0; i < count; i++)
        {
            packages.UInt32();
            packages.UInt16();
            var (of, start, rows) = (packages.UInt16(), packages.UInt32(), packages.UInt32());
            if (of == number)
            {
                Add(versions, new RowCursor(database.Bytes(DatabaseFormat.Rows), start, (int)rows));
            }
        }

        return versions;
    }

    private static void Add(List<string> versions, RowCursor rows)
    {
        while (rows.Next(out var row))
        {
            var statement = row.Statement;
            for (var vectors = statement.Varint(); vectors > 0; vectors--)
            {
                statement.Varint();
            }

            for (var ranges = statement.Varint(); ranges > 0; ranges--)
            {
                statement.Byte();
                for (var events = statement.Varint(); events > 0; events--)
                {
                    if ((statement.Byte() & RowEncoder.FromTheFirst) == 0)
                    {
                        versions.Add(Encoding.UTF8.GetString(statement.Text()));
                    }
                }
            }

            for (var listed = statement.Varint(); listed > 0; listed--)
            {
                versions.Add(Encoding.UTF8.GetString(statement.Text()));
            }
        }
    }
}
