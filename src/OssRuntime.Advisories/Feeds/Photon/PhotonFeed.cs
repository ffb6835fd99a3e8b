using System.Text.Json;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Photon;

/// <summary>Photon OS: <c>photon/photon_cve_metadata/cve_data_photon&lt;release&gt;.json</c>, a list of flaws of packages and the versions with the fix.</summary>
internal sealed class PhotonFeed : IFeed
{
    private const string Folder = "photon_cve_metadata";
    private const string Prefix = "cve_data_photon";
    private const string Suffix = ".json";

    private static readonly string[] Releases = ["1.0", "2.0", "3.0", "4.0", "5.0", "6.0"];
    private static readonly Uri Publisher = new("https://packages.broadcom.com/photon/photon_cve_metadata/");

    /// <inheritdoc/>
    public string Name => "photon";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var release in Releases)
        {
            await files.FetchAsync($"{Name}/{Folder}/{Prefix}{release}{Suffix}", new Uri(Publisher, $"{Prefix}{release}{Suffix}"), cancellation);
        }
    }

    /// <inheritdoc/>
    public Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files(Name, Folder).Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            cancellation.ThrowIfCancellationRequested();
            sink.Begin(Name);
            try
            {
                using var json = JsonDocument.Parse(BoundedFile.Read(root.At(Name, Folder, file)));
                PhotonParser.Read(json.RootElement, file[Prefix.Length..^Suffix.Length], Name, sink);
            }
            catch (Exception exception) when (exception is JsonException or FeedFileException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }

        return Task.CompletedTask;
    }
}
