using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Contents;

/// <summary>
/// What one image has used up of its limits, all its layers together: they are read by several threads. What goes over a limit ends the reading of the whole image, for the
/// bounds of single files and layers add up to more than a process has.
/// </summary>
internal sealed class ImageBudget(ContentLimits limits)
{
    private long _bytes;
    private long _compressed;
    private long _packages;
    private long _characters;
    private long _nested;
    private long _ticks;

    /// <summary>Bytes of blobs that came in: more work is granted where there is more to read.</summary>
    public void Received(long count) => Interlocked.Add(ref _compressed, count);

    /// <summary>Bytes that a layer inflated to.</summary>
    /// <exception cref="InventoryException">The image inflates to too many.</exception>
    public void TakeBytes(int count)
    {
        if (Interlocked.Add(ref _bytes, count) > limits.ImageBytes)
        {
            throw Exceeded($"the image inflates to more than {limits.ImageBytes} bytes", where: null);
        }
    }

    /// <summary>Packages that a file names.</summary>
    /// <exception cref="InventoryException">The image names too many.</exception>
    public void TakePackages(int count, string? where)
    {
        if (Interlocked.Add(ref _packages, count) > limits.Packages)
        {
            throw Exceeded($"the image names more than {limits.Packages} packages", where);
        }
    }

    /// <summary>Characters of paths, names and reasons that are kept.</summary>
    /// <exception cref="InventoryException">The image wants too many to be kept.</exception>
    public void TakeCharacters(long count, string? where)
    {
        if (Interlocked.Add(ref _characters, count) > limits.Characters)
        {
            throw Exceeded($"the paths, names and reasons of the image have more than {limits.Characters} characters", where);
        }
    }

    /// <summary>Bytes that an archive among the files inflated to.</summary>
    /// <exception cref="InventoryException">The image's archives inflate to too many.</exception>
    public void TakeNested(long count, string? where)
    {
        if (Interlocked.Add(ref _nested, count) > limits.ImageNestedBytes)
        {
            throw Exceeded($"the archives in the image inflate to more than {limits.ImageNestedBytes} bytes", where);
        }
    }

    /// <summary>Processor time of one thread.</summary>
    /// <exception cref="InventoryException">The image took too much.</exception>
    public void TakeTime(TimeSpan time, string? where)
    {
        var granted = limits.ProcessorTime + TimeSpan.FromSeconds(Interlocked.Read(ref _compressed) / limits.BytesPerSecond);
        if (Interlocked.Add(ref _ticks, time.Ticks) > granted.Ticks)
        {
            throw Exceeded($"reading the image takes more than {granted.TotalSeconds:0} s of processor time", where);
        }
    }

    private static InventoryException Exceeded(string message, string? where) =>
        new(FailureReason.LimitExceeded, where is null ? message : $"{message}; '{PrintableText.Of(where, 300)}' was being read");
}
