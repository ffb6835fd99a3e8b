namespace OssRuntime.Cli.Output;

/// <summary>
/// The place that a report is written to. A file is written beside its place and gets its name when it is whole: whoever finds it finds all of it, and a report that
/// could not be written leaves the last one as it was.
/// </summary>
internal sealed class ReportFile : IDisposable
{
    private readonly string? _written;
    private readonly string? _place;

    private ReportFile(Stream stream, string? written, string? place) => (Stream, _written, _place) = (stream, written, place);

    /// <summary>Takes the report.</summary>
    public Stream Stream { get; }

    /// <summary>Opens the place.</summary>
    /// <param name="path">The file, or null for standard output.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static ReportFile Open(string? path)
    {
        if (path is null)
        {
            return new ReportFile(Console.OpenStandardOutput(), null, null);
        }

        var place = Path.GetFullPath(File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path);
        if (OpenDevice(place) is { } device)
        {
            return new ReportFile(device, null, null);
        }

        var written = Path.Combine(Path.GetDirectoryName(place)!, $".{Path.GetFileName(place)}.{Environment.ProcessId}.part");
        return new ReportFile(new FileStream(written, FileMode.Create, FileAccess.Write), written, place);
    }

    /// <summary>Gives the file its name.</summary>
    public void Finish()
    {
        Stream.Dispose();
        if (_written is null)
        {
            return;
        }

        try
        {
            File.Move(_written, _place!, overwrite: true);
        }
        catch (IOException) when (File.Exists(_place))
        {
            // A file that is mounted on its own cannot be replaced, but it can be written to.
            File.Copy(_written, _place, overwrite: true);
        }
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (_written is not null)
        {
            File.Delete(_written);
        }
    }

    // A device or a pipe is written to: a file in its place would break what reads it.
    private static FileStream? OpenDevice(string place)
    {
        if (!File.Exists(place))
        {
            return null;
        }

        var stream = new FileStream(place, FileMode.Open, FileAccess.Write);
        if (!stream.CanSeek || place.StartsWith("/dev/", StringComparison.Ordinal) || place.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }
}
