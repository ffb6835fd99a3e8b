using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>Files of other minor versions of the schema.</summary>
public class SchemaTests
{
    private static readonly Dictionary<string, string> Feeds = new()
    {
        ["osv/npm/a.json"] = Records.Range(
            "GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 1.2.0", """ "references": [ { "type": "EVIDENCE", "url": "https://blog.example/poc" } ],"""),
        ["versions/npm.tsv"] = "left\t1.0.0\t\t2026-01-02\n",
    };

    [Fact]
    public async Task A_file_that_has_neither_exploits_nor_days_answers_without_them()
    {
        using var built = await TestDatabase.OfFilesAsync(Feeds);
        using var folder = new TemporaryFolder();
        using var old = AdvisoryDatabase.Map(Rewrite(built.Path, folder, preamble => preamble with
        {
            Sections = [.. preamble.Sections.Where(section => section.Name is not (DatabaseFormat.Exploits or DatabaseFormat.Released))],
        }));
        var (left, matcher, today) = (Components.Npm("left", "1.0.0"), new Matcher(built.Database), new Matcher(old));
        var (now, before) = (FindingOf(matcher, left), FindingOf(today, left));

        Assert.Single(now.Exploits);
        Assert.Equal(now with { Exploits = [] }, before);
        Assert.Equal((new DateOnly(2026, 1, 2), null), (matcher.PublishedOn(left), today.PublishedOn(left)));
    }

    [Fact]
    public async Task Sections_of_a_later_minor_version_are_passed_over()
    {
        using var built = await TestDatabase.OfFilesAsync(Feeds);
        using var folder = new TemporaryFolder();
        using var later = AdvisoryDatabase.Map(Rewrite(built.Path, folder, preamble => preamble with
        {
            Minor = 9,
            // What this version knows under the name is something that it has never heard of.
            Sections = [.. preamble.Sections.Select(section => section.Name == DatabaseFormat.Exploits ? section with { Name = "unheard" } : section)],
        }));

        later.Verify();
        Assert.Equal("GHSA-aaaa-bbbb-cccc", FindingOf(new Matcher(later), Components.Npm("left", "1.0.0")).Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_file_of_another_major_version_is_refused(ushort major)
    {
        using var built = await TestDatabase.OfFilesAsync(Feeds);
        using var folder = new TemporaryFolder();
        var other = Rewrite(built.Path, folder, preamble => preamble with { Major = major });

        var refusal = Assert.Throws<AdvisoryDatabaseException>(() => AdvisoryDatabase.Open(other));
        Assert.Equal($"the advisory database has schema {major}.0; this version reads 2.x", refusal.Message);
    }

    private static Model.Findings.Finding FindingOf(Matcher matcher, Model.Packages.Component component) =>
        Assert.Single(matcher.Match(new ComponentInventory { Components = [component] }, new DateOnly(2026, 9, 1)).Findings);

    private static string Rewrite(string path, TemporaryFolder folder, Func<Preamble, Preamble> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(Preamble.Read(bytes.AsSpan(0, DatabaseFormat.Preamble), bytes.Length)).Write().CopyTo(bytes, 0);
        return folder.Write("rewritten.db", bytes);
    }
}
