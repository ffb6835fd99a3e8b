using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Feeds.Rpm;

namespace OssRuntime.Advisories.Feeds.Amazon;

/// <summary>
/// Amazon Linux: <c>amazon/&lt;release&gt;/&lt;repository&gt;/updateinfo.xml.gz</c>, and for Amazon Linux 2 the topics of its extras
/// (<c>amazon/2/extras/&lt;topic&gt;/…</c>).
/// </summary>
internal sealed class AmazonFeed : IFeed
{
    private const string Updates = "updateinfo.xml.gz";
    private const string Extras = "extras";
    private const int MostMirrors = 3;
    private const int MostTopics = 300;

    private static readonly Uri Publisher = new("https://cdn.amazonlinux.com/");

    /// <summary>Release and repository, and where its list of mirrors is. Amazon Linux 1 calls itself 2018.03.</summary>
    private static readonly (string Folder, Uri Mirrors)[] Repositories =
    [
        ("2018.03/updates", new Uri("http://repo.us-west-2.amazonaws.com/2018.03/updates/x86_64/mirror.list")),
        ("2/core", new Uri(Publisher, "2/core/latest/x86_64/mirror.list")),
        ("2023/core", new Uri(Publisher, "al2023/core/mirrors/latest/x86_64/mirror.list")),
        ("2023/kernel-livepatch", new Uri(Publisher, "al2023/kernel-livepatch/mirrors/latest/x86_64/mirror.list")),
    ];

    /// <inheritdoc/>
    public string Name => "amazon";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var (folder, mirrors) in Repositories)
        {
            await FetchAsync(files, $"{Name}/{folder}", mirrors, cancellation);
        }

        var catalogue = $"{Name}/2/{Extras}/extras-catalog.json";
        await files.FetchAsync(catalogue, new Uri(Publisher, "2/extras-catalog.json"), cancellation);
        foreach (var topic in Topics(files.Lines(catalogue)))
        {
            await FetchAsync(files, $"{Name}/2/{Extras}/{topic}", new Uri(Publisher, $"2/extras/{topic}/latest/x86_64/mirror.list"), cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var release in root.Folders(Name))
        {
            foreach (var repository in root.Folders(Name, release))
            {
                foreach (var topic in repository == Extras ? root.Folders(Name, release, Extras) : [])
                {
                    Read(root, release, [repository, topic], fix => ExtrasTopic.Begin(topic, fix), sink, cancellation);
                }

                Read(root, release, [repository], _ => null, sink, cancellation);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>A list names mirrors; a mirror's <c>repomd.xml</c> says what the list of errata is called today.</summary>
    private static async Task FetchAsync(IFeedFiles files, string folder, Uri list, CancellationToken cancellation)
    {
        await files.FetchAsync($"{folder}/mirror.list", list, cancellation);
        var mirrors = files.Lines($"{folder}/mirror.list").Where(FeedMirror.IsAddress).Take(MostMirrors).Select(line => new Uri(line.TrimEnd('/') + "/")).ToList();
        if (mirrors.Count > 0)
        {
            await files.FetchAsync(new FeedFile($"{folder}/repomd.xml", [.. mirrors.Select(mirror => new Uri(mirror, "repodata/repomd.xml"))]), cancellation);
            if (RepoMd.UpdateInfo(files.Lines($"{folder}/repomd.xml")) is { } place)
            {
                await files.FetchAsync(new FeedFile($"{folder}/{Updates}", [.. mirrors.Select(mirror => new Uri(mirror, place))]), cancellation);
            }
        }
        else
        {
            await files.FetchAsync($"{folder}/{Updates}", new Uri(list, $"repodata/{Updates}"), cancellation);
        }
    }

    private static IEnumerable<string> Topics(IEnumerable<string> lines)
    {
        try
        {
            using var json = JsonDocument.Parse(string.Join('\n', lines));
            return [.. json.RootElement.Items("topics").Select(topic => topic.Text("n")).OfType<string>().Where(IsFolderName).Distinct().Take(MostTopics)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>No topic may lead elsewhere.</summary>
    private static bool IsFolderName(string topic) =>
        topic.Length is > 0 and < 100 && topic[0] != '.' && topic.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+');

    private void Read(FeedRoot root, string release, string[] repository, Func<string, string?> begin, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files([Name, release, .. repository]).Where(name => name.StartsWith("updateinfo.xml", StringComparison.Ordinal)))
        {
            sink.Begin(Name);
            var path = string.Join('/', (string[])[Name, release, .. repository, file]);
            XmlFile.Read(root.At([Name, release, .. repository, file]), path, sink, xml =>
                UpdateInfo.Read(xml, $"Amazon Linux:{release}", Name, begin, sink, cancellation));
        }
    }
}
