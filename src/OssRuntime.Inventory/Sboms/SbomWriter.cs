using OssRuntime.Inventory.Sboms.CycloneDx;
using OssRuntime.Inventory.Sboms.Spdx;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms;

/// <summary>
/// Writes inventories as SBOMs: CycloneDX 1.6, SPDX 2.3 and SPDX 3.0.1, all in JSON. What the formats have no field for goes into named properties
/// (<c>ossruntime:…</c>), so that <see cref="SbomReader"/> reads the same components back.
/// </summary>
public static class SbomWriter
{
    /// <summary>Bytes that wait to be written: the writer's buffer is twice that at most, which is less than what the collector calls large.</summary>
    internal const int MostPending = 24 << 10;

    /// <summary>Writes one document.</summary>
    /// <param name="output">Takes UTF-8.</param>
    /// <param name="format">CycloneDxJson, SpdxJson or Spdx3Json.</param>
    /// <param name="inventory">What is in it.</param>
    /// <param name="subject">What it is of.</param>
    /// <exception cref="ArgumentOutOfRangeException">The format is one that is only read.</exception>
    public static void Write(Stream output, SbomFormat format, ComponentInventory inventory, SbomSubject subject)
    {
        switch (format)
        {
            case SbomFormat.CycloneDxJson:
                CycloneDxWriter.Write(output, inventory, subject, null);
                break;
            case SbomFormat.SpdxJson:
                SpdxWriter.Write(output, inventory, subject);
                break;
            case SbomFormat.Spdx3Json:
                Spdx3Writer.Write(output, inventory, subject);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "SBOMs of this format are only read");
        }
    }

    /// <summary>Writes CycloneDX 1.6 in JSON with what was found: vulnerabilities, what VEX says of them, and what was not checked. It is read as an SBOM too.</summary>
    /// <param name="output">Takes UTF-8.</param>
    /// <param name="inventory">What is in it.</param>
    /// <param name="subject">What it is of.</param>
    /// <param name="found">What was found.</param>
    public static void WriteFindings(Stream output, ComponentInventory inventory, SbomSubject subject, SbomFindings found) =>
        CycloneDxWriter.Write(output, inventory, subject, found);
}
