using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Store;

/// <summary>
/// Remembers the readings that led to no inventory, over the end of the process: what took too much would take it again after each start, and an image that ends the process would
/// end it each time.
/// </summary>
public interface IReadingStore
{
    /// <summary>What is remembered of an image; null where nothing is, and where other readers tried.</summary>
    /// <param name="image">The digest of the manifest, or of the index that led to it.</param>
    /// <param name="platform">The platform that was asked for.</param>
    /// <param name="readers">The version of all readers and of their limits.</param>
    KeptReading? GetReading(Digest image, Platform platform, string readers);

    /// <summary>Remembers a reading in the place of what was. It is on disk before the call returns, as far as the process may end and the machine goes on.</summary>
    void PutReading(Digest image, Platform platform, string readers, KeptReading reading);

    /// <summary>Forgets the readings of an image.</summary>
    void ForgetReading(Digest image, Platform platform);
}
