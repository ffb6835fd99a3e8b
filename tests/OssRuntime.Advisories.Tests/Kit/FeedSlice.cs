using System.IO.Compression;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>
/// A slice of all feeds, made by hand in the publishers' forms (<c>testdata/slice</c>): of each case that the tests ask for one record, with the ids, names and
/// versions of the real one and texts of our own.
/// </summary>
internal static class FeedSlice
{
    /// <summary>Its folder, as it lies in the repository.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "testdata", "slice");

    /// <summary>The slice as a root of feeds in a folder: what publishers pack is packed there.</summary>
    public static FeedRoot In(TemporaryFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(Folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (!path.StartsWith("cve-v5/", StringComparison.Ordinal))
            {
                folder.Write($"feeds/{path}", File.ReadAllBytes(file));
            }
        }

        Directory.CreateDirectory(folder.At("feeds", "cve-v5"));
        ZipFile.CreateFromDirectory(Path.Combine(Folder, "cve-v5"), folder.At("feeds", "cve-v5", "vulnrichment.zip"));
        return new FeedRoot(folder.At("feeds"));
    }
}
