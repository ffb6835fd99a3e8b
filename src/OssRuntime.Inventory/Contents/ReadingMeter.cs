using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Contents;

/// <summary>What the reading of one layer, or of a root file system, uses up of its image's limits. One thread at a time reads a layer; it says so with <see cref="Begin"/>.</summary>
internal sealed class ReadingMeter(ImageBudget image)
{
    /// <summary>The clock of a thread is a call of the system.</summary>
    private const int PackagesPerLook = 64;

    private TimeSpan _looked;
    private int _packages;

    /// <summary>The file that is being read; it stands in reasons.</summary>
    public string? Where { get; set; }

    /// <summary>The calling thread reads from now on.</summary>
    public void Begin() => _looked = ThreadTime.Now();

    /// <summary>Takes inflated bytes of the layer.</summary>
    /// <exception cref="InventoryException">A limit of the image is exceeded; so with all members.</exception>
    public void TakeBytes(int count)
    {
        image.TakeBytes(count);
        TakeTime();
    }

    /// <summary>Takes bytes of the blob itself.</summary>
    public void Received(long count) => image.Received(count);

    /// <summary>Takes a package with the characters of its record.</summary>
    public void TakePackage(int characters)
    {
        image.TakePackages(1, Where);
        image.TakeCharacters(characters, Where);
        if (++_packages % PackagesPerLook == 0)
        {
            TakeTime();
        }
    }

    /// <summary>Takes packages that another file named already.</summary>
    public void TakePackages(int count) => image.TakePackages(count, Where);

    /// <summary>Takes characters that are kept.</summary>
    public void TakeCharacters(long count) => image.TakeCharacters(count, Where);

    /// <summary>Takes bytes that an archive among the files inflated to.</summary>
    public void TakeNested(long count)
    {
        image.TakeNested(count, Where);
        TakeTime();
    }

    /// <summary>Takes the processor time since the last look.</summary>
    public void TakeTime()
    {
        var now = ThreadTime.Now();
        image.TakeTime(now - _looked, Where);
        _looked = now;
    }
}
