using System.Text;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Database.Reading;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>The rows of an ecosystem's packages as they stand in a file, and every version that they name.</summary>
internal static class RowVersions
{
    /// <summary>Looks at a package's rows.</summary>
    public delegate void Visitor(RowCursor rows);

    /// <summary>The versions.</summary>
    public static List<string> Of(AdvisoryDatabase database, string ecosystem)
    {
        var versions = new List<string>();
        Visit(database, ecosystem, rows => Add(versions, rows));
        return versions;
    }

    /// <summary>Goes through the packages.</summary>
    public static void Visit(AdvisoryDatabase database, string ecosystem, Visitor visit)
    {
        var number = database.Ecosystem(ecosystem);
        var packages = new ByteReader(database.Packages);
        var (_, slots) = (packages.UInt32(), packages.UInt32());
        for (var i = 0; i < slots; i++)
        {
            var (start, fingerprint) = (packages.UInt32(), packages.UInt32());
            if (start == 0 && fingerprint == 0)
            {
                continue;
            }

            var package = new ByteReader(database.Rows[(int)(start - 1)..]);
            var (of, count) = (package.UInt16(), package.UInt32());
            package.Bytes(package.UInt16());
            if (of == number)
            {
                visit(new RowCursor(package, count));
            }
        }
    }

    private static void Add(List<string> versions, RowCursor rows)
    {
        while (rows.Next(out _))
        {
            var statement = rows.Read().Statement;
            for (var vectors = statement.Varint(); vectors > 0; vectors--)
            {
                statement.Varint();
            }

            for (var ranges = statement.Varint(); ranges > 0; ranges--)
            {
                statement.Byte();
                for (var events = statement.Varint(); events > 0; events--)
                {
                    if ((statement.Byte() & StatementLayout.FromTheFirst) == 0)
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
