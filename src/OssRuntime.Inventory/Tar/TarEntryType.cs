namespace OssRuntime.Inventory.Tar;

/// <summary>What an entry of a tar archive is.</summary>
internal enum TarEntryType
{
    /// <summary>A file with content.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>Another name for an earlier entry.</summary>
    HardLink,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A file whose content is stored with holes left out.</summary>
    Sparse,

    /// <summary>A device, a pipe, or a type of a vendor.</summary>
    Other,
}
