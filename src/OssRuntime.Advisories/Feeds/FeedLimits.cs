namespace OssRuntime.Advisories.Feeds;

/// <summary>How much of a feed is read at most. Real feeds stay far below; what goes beyond is an attack or a mistake.</summary>
internal static class FeedLimits
{
    /// <summary>Bytes of one record's document. The largest known, of a distribution's kernel errata, are near 4 MiB.</summary>
    public const int Document = 32 << 20;

    /// <summary>Bytes of a document that holds a whole feed.</summary>
    public const int WholeFeed = 256 << 20;

    /// <summary>Documents in one archive.</summary>
    public const int Entries = 4_000_000;

    /// <summary>Bytes that an archive may unpack to, for each byte of it, beyond <see cref="ExpansionFloor"/>.</summary>
    public const long ExpansionPerByte = 64;

    /// <summary>The same for a tar archive, which is packed as one: SUSE's documents, full of the same lists, shrink to a hundredth.</summary>
    public const long TarExpansionPerByte = 512;

    /// <summary>Bytes that any archive may unpack to.</summary>
    public const long ExpansionFloor = 256L << 20;

    /// <summary>Characters of a version. Longer ones are refused by every version order too.</summary>
    public const int Version = 512;

    /// <summary>Characters of a package's name.</summary>
    public const int Name = 1024;

    /// <summary>Characters of a line that describes an advisory.</summary>
    public const int Summary = 240;

    /// <summary>Characters of an advisory's long text that are kept.</summary>
    public const int Details = 2000;

    /// <summary>References of one advisory that are kept.</summary>
    public const int References = 16;

    /// <summary>Public exploits of one advisory that are kept by their addresses.</summary>
    public const int Exploits = 4;

    /// <summary>Ids that one record may relate itself to.</summary>
    public const int Ids = 20_000;

    /// <summary>Packages, events and listed versions of one record, together.</summary>
    public const int Statements = 500_000;
}
