namespace OssRuntime.Advisories.Database.Format;

/// <summary>The constants of the database file (docs/database.md). All numbers are little-endian.</summary>
internal static class DatabaseFormat
{
    /// <summary>A reader refuses another major version: the meaning of what it knows has changed.</summary>
    public const ushort Major = 2;

    /// <summary>A newer minor version only adds sections, or fields at the end of records: an older reader reads it.</summary>
    public const ushort Minor = 0;

    /// <summary>Bytes of header and section table together, and the alignment of the first section.</summary>
    public const int Preamble = 4096;

    /// <summary>Bytes of the header before the table: magic, versions, count of sections, length of the file, checksum.</summary>
    public const int Header = 32;

    /// <summary>Bytes of a table entry: name, offset, length, checksum.</summary>
    public const int TableEntry = 32;

    /// <summary>Sections that fit the table.</summary>
    public const int MostSections = (Preamble - Header) / TableEntry;

    /// <summary>Sections start at multiples of this.</summary>
    public const int Alignment = 8;

    /// <summary>Distinct strings: severity words, vectors.</summary>
    public const string Strings = "strings";

    /// <summary>Names of sources by number.</summary>
    public const string Sources = "sources";

    /// <summary>All ids, sorted, with the flaw each belongs to.</summary>
    public const string Ids = "ids";

    /// <summary>Fixed-size records of the advisories, sorted by id.</summary>
    public const string Advisories = "advisory";

    /// <summary>What varies in length about an advisory: flaws, vectors, severity word.</summary>
    public const string Facts = "facts";

    /// <summary>Flaws: groups of ids.</summary>
    public const string Flaws = "flaws";

    /// <summary>The hash index from ecosystem and name to a package.</summary>
    public const string Packages = "packages";

    /// <summary>Packages, each with its name, the heads of its rows and their statements about versions.</summary>
    public const string Rows = "rows";

    /// <summary>Canonical ecosystem names and how many rows each has.</summary>
    public const string Ecosystems = "ecosys";

    /// <summary>One line an advisory.</summary>
    public const string Summaries = "summary";

    /// <summary>Compressed blocks of long texts and references.</summary>
    public const string Texts = "texts";

    /// <summary>Products and their release cycles.</summary>
    public const string Lifecycle = "cycles";

    /// <summary>Which package names exist, and which of them are popular.</summary>
    public const string Names = "names";

    /// <summary>Which versions of packages were published.</summary>
    public const string Versions = "versions";

    /// <summary>At which addresses exploits of flaws are published.</summary>
    public const string Exploits = "exploits";

    /// <summary>On which days versions were published.</summary>
    public const string Released = "released";

    /// <summary>Where the data came from, as JSON.</summary>
    public const string Info = "info";

    /// <summary>The first bytes of the file.</summary>
    public static ReadOnlySpan<byte> Magic => "OSSRTADV"u8;

    /// <summary>The sections that matching reads; the others are for reports.</summary>
    public static readonly string[] Matching = [Strings, Sources, Ids, Advisories, Facts, Flaws, Packages, Rows, Ecosystems];

    /// <summary>Bytes of an advisory's fixed record.</summary>
    public const int AdvisoryRecord = 20;

    /// <summary>Bytes of a slot of the hash index: fingerprint, and where the package begins, plus one.</summary>
    public const int Slot = 8;
}
