using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Perl;

/// <summary>
/// Distributions of CPAN that cpanm or Carton installed: <c>.meta/DISTRIBUTION-VERSION/install.json</c>, whose path on CPAN tells the author
/// (<c>M/ML/MLEHMANN/JSON-XS-4.03.tar.gz</c>), and beside it the distribution's own <c>MYMETA.json</c>, which has the licence.
/// </summary>
internal sealed class PerlInstallExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "perl";

    private const int PartsOfPath = 4;

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 4 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/install.json"u8) && path.IndexOf("/.meta/"u8) >= 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        using var document = JsonFields.Parse(file);
        var root = document.RootElement;
        var distribution = root.Text("dist");
        if (root.Text("version") is not { } version || (distribution ?? root.Text("name")) is not { } named)
        {
            context.AddUnknown("it has no name or no version");
            return;
        }

        var name = named.EndsWith($"-{version}", StringComparison.Ordinal) ? named[..^(version.Length + 1)] : named;
        var path = root.Text("pathname");
        context.Add(new PackageRecord
        {
            Type = "cpan",
            Name = AuthorOf(path) is { } author ? $"{author}/{PerlNames.Distribution(name)}" : PerlNames.Distribution(name),
            Version = PerlNames.Version(version),
            Kind = ComponentType.Library,
            Origin = path,
        });
    }

    /// <summary>CPAN sorts its authors by the first letters of their ids.</summary>
    private static string? AuthorOf(string? path)
    {
        var parts = path?.Split('/') ?? [];
        return parts.Length >= PartsOfPath && parts[2].StartsWith(parts[1], StringComparison.Ordinal) && parts[1].StartsWith(parts[0], StringComparison.Ordinal)
            ? parts[2]
            : null;
    }
}
