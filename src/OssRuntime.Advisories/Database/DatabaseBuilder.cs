using System.Text.Json;
using OssRuntime.Advisories.Database.Building;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Files;

namespace OssRuntime.Advisories.Database;

/// <summary>
/// Builds one generation of the advisory database from feeds.
/// <code>
///   feed roots ──► IFeed… ──► AdvisoryCollector ──► GenerationPlan ──► sections ──► one file
///                 (1) read    numbers, encoded      (2) what lives,    (3) write    (4) fsync, rename
///                             rows, texts on disk   what is one flaw
/// </code>
/// The same feeds give the same bytes, whoever builds when and where. A reader never sees half a file, and one that has the old file open
/// keeps it.
/// </summary>
public sealed class DatabaseBuilder(DatabaseBuildOptions? options = null)
{
    private readonly DatabaseBuildOptions _options = options ?? new DatabaseBuildOptions();

    /// <summary>Builds a generation and puts it at <paramref name="output"/>.</summary>
    /// <param name="roots">Where feeds lie; a feed that is under several is read from each.</param>
    /// <param name="output">The file, replaced in one step.</param>
    /// <param name="progress">Told the name of each feed as its reading begins.</param>
    /// <param name="cancellation">Ends the building; nothing is left behind.</param>
    /// <exception cref="IOException">The output cannot be written.</exception>
    public async Task<DatabaseInfo> BuildAsync(
        IReadOnlyList<FeedRoot> roots, string output, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        using var temporary = new TemporaryFile(output);
        using var spool = new TemporaryFile(output);
        using (var texts = new TextSpool(spool.Path))
        {
            var data = new AdvisoryCollector(texts, _options.Latest);
            var ordered = RootOrder.Of(roots, _options.Feeds);

            // :: Step 1: read every feed under every root
            foreach (var feed in _options.Feeds)
            {
                progress?.Report(feed.Name);
                foreach (var root in ordered)
                {
                    await feed.ReadAsync(root, data, cancellation);
                }
            }

            // :: Step 2: decide
            progress?.Report("writing");
            var plan = new GenerationPlan(data);

            // :: Step 3: write
            var info = Write(data, plan, temporary.Path);

            // :: Step 4: in one step
            temporary.MoveTo(output);
            return info;
        }
    }

    private DatabaseInfo Write(AdvisoryCollector data, GenerationPlan plan, string path)
    {
        using var file = new DatabaseFileWriter(path);
        var names = new NamesSections(data, plan);
        var advisories = new AdvisorySections(data, plan);
        var packages = new PackageSections(data, plan);
        var exploits = new ExploitsSection(data, plan);
        names.Write(file);
        packages.Write(file);
        advisories.Write(file);
        LifecycleSection.Write(file, data.Products.Values);
        NameIndexSection.Write(file, data.Names);
        VersionIndexSection.Write(file, data.Versions);
        ReleaseDaysSection.Write(file, data.Versions);
        exploits.Write(file);
        var sources = data.Tallies.Select(tally => tally.ToInfo(_options.Held.GetValueOrDefault(tally.Name))).ToList();
        var newest = sources.Max(source => source.Newest);
        var info = new DatabaseInfo
        {
            BuiltAt = _options.At ?? newest,
            NewestRecord = newest,
            Advisories = plan.AdvisoryOrder.Length,
            Flaws = plan.FlawCount,
            Packages = packages.Packages,
            Statements = packages.Rows,
            Exploited = names.Exploited,
            PublicExploits = exploits.Flaws,
            Products = data.Products.Count,
            Sources = [.. sources],
            Ecosystems = [.. packages.Ecosystems],
            Troubles = _options.Troubles,
            RefusedGroups = [.. plan.RefusedGroups],
            HeldBack = [.. plan.HeldBack],
        };
        file.Add(DatabaseFormat.Info, JsonSerializer.SerializeToUtf8Bytes(info, DatabaseJson.Default.DatabaseInfo));
        return info.Of(file.Finish());
    }
}
