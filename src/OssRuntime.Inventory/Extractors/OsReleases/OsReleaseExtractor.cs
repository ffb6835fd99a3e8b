using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.OsReleases;

/// <summary>
/// The distribution of an image: <c>os-release</c> (os-release(5)) in either of its places, or, where there is none, the older files of
/// Alpine, Debian and Red Hat. <see cref="Rank"/> says which of them counts.
/// </summary>
internal sealed class OsReleaseExtractor : IExtractor
{
    public string Name => "os-release";

    public int Version => 1;

    public long LargestFile => 1 << 20;

    /// <summary>Lower is better: the administrator's file before the vendor's before the ancient ones.</summary>
    public static int Rank(string path) => path switch
    {
        "etc/os-release" => 0,
        "usr/lib/os-release" => 1,
        "etc/alpine-release" => 2,
        "etc/redhat-release" => 3,
        _ => 4,
    };

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("etc/os-release"u8)
        || path.SequenceEqual("usr/lib/os-release"u8)
        || path.SequenceEqual("etc/alpine-release"u8)
        || path.SequenceEqual("etc/debian_version"u8)
        || path.SequenceEqual("etc/redhat-release"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var release = file.Path switch
        {
            "etc/alpine-release" => LegacyRelease.Alpine(FirstLine(file)),
            "etc/debian_version" => LegacyRelease.Debian(FirstLine(file)),
            "etc/redhat-release" => LegacyRelease.RedHat(FirstLine(file)),
            _ => OsReleaseFile.Parse(file.ReadAll()),
        };
        if (release is null)
        {
            context.AddUnknown("it names no distribution");
        }
        else
        {
            context.Report(release);
        }
    }

    private static string FirstLine(FileContent file)
    {
        var lines = new LineReader(file.ReadAll());
        lines.MoveNext();
        return Encoding.UTF8.GetString(lines.Line).Trim();
    }
}
