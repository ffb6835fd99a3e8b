using System.Text;

namespace OssRuntime.Advisories.Feeds.DebianSupport;

/// <summary>
/// Packages whose security support ended before their release's, as Debian's package debian-security-support lists them
/// (<c>distro-eol/debian-security-support/security-support-ended.deb12</c>). Each becomes a product with the releases as its cycles.
/// </summary>
internal sealed class DebianSupportFeed : IFeed
{
    private const string Root = "distro-eol";
    private const string Folder = "debian-security-support";
    private const string Limited = "security-support-limited";
    private const string Ended = "security-support-ended.deb";

    /// <inheritdoc/>
    public string Name => Folder;

    string IFeed.Folder => $"{Root}/{Folder}";

    /// <inheritdoc/>
    public async Task FetchAsync(Fetching.IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var release in (int[])[11, 12, 13])
        {
            var publisher = new Uri($"https://salsa.debian.org/debian/debian-security-support/-/raw/master/{Ended}{release}");
            await files.FetchAsync($"{Root}/{Folder}/{Ended}{release}", publisher, cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        var packages = new SortedDictionary<string, List<ReleaseCycle>>(StringComparer.Ordinal);
        foreach (var file in root.Files(Root, Folder).Where(file => file.StartsWith(Ended, StringComparison.Ordinal)))
        {
            sink.Begin(Folder);
            try
            {
                DebianSupportParser.Read(Encoding.UTF8.GetString(BoundedFile.Read(root.At(Root, Folder, file), FeedLimits.Document)), file[Ended.Length..], packages, sink);
            }
            catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Root}/{Folder}/{file}", exception.Message);
            }
        }

        SkipLimited(root, sink);
        foreach (var (package, cycles) in packages)
        {
            sink.AcceptProduct(new LifecycleProduct($"{DebianSupportParser.Prefix}{package}", [], IsOperatingSystem: false, [], [.. cycles]));
        }

        return Task.CompletedTask;
    }

    /// <summary>Packages whose support is limited, to trusted input say, are not past anything: they are counted and left out.</summary>
    private static void SkipLimited(FeedRoot root, IFeedSink sink)
    {
        var file = root.At(Root, Folder, Limited);
        if (!File.Exists(file))
        {
            return;
        }

        sink.Begin(Folder);
        try
        {
            var lines = Encoding.UTF8.GetString(BoundedFile.Read(file, FeedLimits.Document)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var line in lines.Where(line => line[0] != '#'))
            {
                sink.Skip(line.Split((char[]?)null)[0], "the support is limited, and has not ended");
            }
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail($"{Root}/{Folder}/{Limited}", exception.Message);
        }
    }
}
