using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Matching;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>A database built from a few files, for one test.</summary>
internal sealed class TestDatabase : IDisposable
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    private readonly TemporaryFolder _folder;

    private TestDatabase(TemporaryFolder folder, DatabaseInfo info) =>
        (_folder, Info, Database) = (folder, info, AdvisoryDatabase.Open(folder.At("advisories.db")));

    public DatabaseInfo Info { get; }

    public AdvisoryDatabase Database { get; }

    public string Path => _folder.At("advisories.db");

    /// <summary>OSV records, each put into the folder of its first package's ecosystem.</summary>
    public static Task<TestDatabase> OfRecordsAsync(params string[] records)
    {
        var files = new Dictionary<string, string>();
        foreach (var record in records)
        {
            var json = JsonNode.Parse(record)!;
            var ecosystem = json["affected"]?[0]?["package"]?["ecosystem"]?.GetValue<string>().Split(':')[0] ?? "GIT";
            files[$"osv/{ecosystem}/{json["id"]}.json"] = record;
        }

        return OfFilesAsync(files);
    }

    /// <summary>Files under a feed root.</summary>
    public static Task<TestDatabase> OfFilesAsync(IReadOnlyDictionary<string, string> files) =>
        OfBytesAsync(files.ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value)));

    /// <summary>The same for files that are no text.</summary>
    public static async Task<TestDatabase> OfBytesAsync(IReadOnlyDictionary<string, byte[]> files)
    {
        var folder = new TemporaryFolder();
        foreach (var (path, content) in files)
        {
            folder.Write("feeds/" + path, content);
        }

        var info = await new DatabaseBuilder().BuildAsync([new FeedRoot(folder.At("feeds"))], folder.At("advisories.db"));
        return new TestDatabase(folder, info);
    }

    public IReadOnlyList<Finding> Findings(params Component[] components) => [.. Match(components).Findings];

    public MatchResult Match(params Component[] components) =>
        new Matcher(Database).Match(new ComponentInventory { Components = [.. components] }, Day);

    public MatchTrace Explain(Component component) => new Matcher(Database).Explain(component);

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }
}
