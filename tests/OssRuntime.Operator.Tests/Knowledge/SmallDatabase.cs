using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Testing.Images;

namespace OssRuntime.Operator.Tests.Knowledge;

/// <summary>An advisory database with one flaw: CVE-2026-1 in every lodash before 2.0.0.</summary>
internal static class SmallDatabase
{
    public static async Task BuildAsync(string file)
    {
        using var feed = new TemporaryDirectory();
        Directory.CreateDirectory(feed["osv/npm"]);
        await File.WriteAllTextAsync(feed["osv/npm/CVE-2026-1.json"], """
            {"id":"CVE-2026-1","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"lodash"},
            "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
            """);
        await new DatabaseBuilder().BuildAsync([new FeedRoot(feed.Path)], file);
    }
}
