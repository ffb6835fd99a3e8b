namespace OssRuntime.Inventory.Sboms;

/// <summary>The forms of SBOMs that are read.</summary>
public enum SbomFormat
{
    /// <summary>CycloneDX 1.2 to 1.7, JSON.</summary>
    CycloneDxJson,

    /// <summary>CycloneDX 1.2 to 1.7, XML.</summary>
    CycloneDxXml,

    /// <summary>SPDX 2.2 and 2.3, JSON.</summary>
    SpdxJson,

    /// <summary>SPDX 2.2 and 2.3, lines of tags and values.</summary>
    SpdxTagValue,

    /// <summary>SPDX 3.0, JSON-LD.</summary>
    Spdx3Json,

    /// <summary>Syft's own JSON.</summary>
    SyftJson,
}
