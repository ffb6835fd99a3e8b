namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>What the first bytes of a page of a Berkeley DB say (db_page.h).</summary>
/// <param name="Number">The page's number.</param>
/// <param name="Next">The page that goes on where this one ends; zero for none.</param>
/// <param name="Entries">How many entries it has.</param>
/// <param name="HighOffset">On a page of overflow how many bytes it holds.</param>
/// <param name="Type">What it holds.</param>
internal readonly record struct BerkeleyPage(uint Number, uint Next, int Entries, int HighOffset, int Type)
{
    /// <summary>Bytes before a page's content.</summary>
    public const int HeaderSize = 26;

    /// <summary>The types of pages that matter here.</summary>
    public const int UnsortedHash = 2;

    /// <inheritdoc cref="UnsortedHash"/>
    public const int Overflow = 7;

    /// <inheritdoc cref="UnsortedHash"/>
    public const int Hash = 13;
}
