namespace OssRuntime.Advisories.Database.Format;

/// <summary>How a row's statement lies in the file (docs/database.md), where it is written and wherever it is read.</summary>
internal static class StatementLayout
{
    /// <summary>Set on an event's type where its version is "0", before every version, which is then not written.</summary>
    public const byte FromTheFirst = 0x10;

    /// <summary>Goes past the vectors, with which a statement begins.</summary>
    public static void SkipVectors(ref ByteReader statement)
    {
        for (var vectors = statement.Varint(); vectors > 0; vectors--)
        {
            statement.Varint();
        }
    }
}
