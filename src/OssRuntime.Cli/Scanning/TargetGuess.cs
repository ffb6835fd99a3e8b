using System.Formats.Tar;
using System.IO.Compression;

namespace OssRuntime.Cli.Scanning;

/// <summary>
/// What a path on disk is, by what is there. Only what is written like a path is looked at: <c>nginx</c> is an image, whatever lies in the folder where the command
/// runs.
/// </summary>
internal static class TargetGuess
{
    private const int MostEntries = 2_000;
    private const int MostText = 4_096;

    private static readonly string[] RootFolders = ["etc", "usr", "bin", "var", "app", "opt"];
    private static readonly string[] PathStarts = ["/", "./", "../", "~/"];

    /// <summary>True for a text that is written like a path.</summary>
    public static bool IsPath(string text) => text is "." or ".." || PathStarts.Any(start => text.StartsWith(start, StringComparison.Ordinal));

    /// <summary>What lies there; null where nothing does, or it cannot be told.</summary>
    public static TargetKind? Of(string path)
    {
        try
        {
            return Directory.Exists(path) ? OfFolder(path) : File.Exists(path) ? OfFile(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static TargetKind? OfFolder(string path)
    {
        if (File.Exists(Path.Combine(path, "oci-layout")))
        {
            return TargetKind.OciLayout;
        }

        var isRoot = RootFolders.Any(name => Directory.Exists(Path.Combine(path, name)));
        return isRoot ? TargetKind.RootFileSystem
            : Directory.EnumerateFiles(path).Any(IsManifest) ? TargetKind.Manifests
            : TargetKind.RootFileSystem;
    }

    private static TargetKind? OfFile(string path)
    {
        if (IsManifest(path))
        {
            return TargetKind.Manifests;
        }

        using var file = File.OpenRead(path);
        var start = new byte[MostText];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (length > 0 && start.AsSpan(0, length).IndexOfAnyExcept("\uFEFF \r\n\t"u8) is >= 0 and var at && start[at] is (byte)'{' or (byte)'<')
        {
            return TargetKind.SbomFile;
        }

        return start is [0x1f, 0x8b, ..] ? OfArchive(new GZipStream(file, CompressionMode.Decompress)) : OfArchive(file);
    }

    // What is in an archive of images stands in the names of its first entries.
    private static TargetKind? OfArchive(Stream stream)
    {
        using var tar = new TarReader(stream);
        for (var i = 0; i < MostEntries && tar.GetNextEntry() is { } entry; i++)
        {
            switch (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name)
            {
                case "oci-layout" or "index.json":
                    return TargetKind.OciArchive;
                case "manifest.json":
                    return TargetKind.DockerArchive;
            }
        }

        return null;
    }

    private static bool IsManifest(string path) => Path.GetExtension(path) is ".yaml" or ".yml";
}
