namespace OssRuntime.Model.Inventories;

/// <summary>What an <see cref="Unknown"/> means for the inventory as a whole.</summary>
public enum UnknownKind
{
    /// <summary>One file could not be read, or not in full; what is in it may be missing.</summary>
    File,

    /// <summary>
    /// The distribution is known, and no package of it was found: its package database is not there, is of a kind that is not read, or is damaged. Nothing is known
    /// about what the distribution installed.
    /// </summary>
    NoPackageDatabase,

    /// <summary>There are packages of a distribution, and no file tells of which: they cannot be matched.</summary>
    DistributionUnknown,

    /// <summary>A part of the image could not be read at all: its layers, for example, where only an SBOM speaks of it.</summary>
    PartOfImage,

    /// <summary>A document that is attached to the image could not be read or believed; the inventory was made without it.</summary>
    Attachment,

    /// <summary>A list of packages that a build would install, in an image that has no package of that ecosystem.</summary>
    NotInstalled,
}
