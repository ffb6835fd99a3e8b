using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms;

/// <summary>An SBOM on disk: <c>sbom:FILE</c>. What it declares is believed, since there is nothing to hold it against.</summary>
/// <param name="path">The file.</param>
public sealed class SbomFile(string path)
{
    /// <summary>The inventory that the file declares; what could not be read of it is among the unknowns.</summary>
    /// <exception cref="InventoryException">There is no such file, or it is no SBOM.</exception>
    public ComponentInventory Read(SbomLimits limits, CancellationToken cancellation)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            var document = SbomReader.Read(file, Path.GetFileName(path), limits, cancellation);
            return document.Format is null
                ? throw new InventoryException(FailureReason.SourceInvalid, $"'{path}' is not an SBOM: {string.Join("; ", document.Unknowns.Select(u => u.Reason).Take(3))}")
                : new ComponentInventory
                {
                    Source = InventorySource.SbomFile,
                    OsRelease = document.OsRelease,
                    Components = document.Components,
                    Unknowns = document.Unknowns,
                };
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException(FailureReason.SourceNotFound, $"there is no file '{path}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
