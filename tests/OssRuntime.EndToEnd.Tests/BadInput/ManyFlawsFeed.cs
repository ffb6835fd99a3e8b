namespace OssRuntime.EndToEnd.Tests.BadInput;

/// <summary>A feed that knows thousands of flaws in one package.</summary>
internal static class ManyFlawsFeed
{
    public const string Package = "flawed";
    public const int Count = 5_000;

    public static async Task WriteAsync(string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "osv", "npm")).FullName;
        for (var flaw = 0; flaw < Count; flaw++)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"TEST-{flaw:0000}.json"),
                $$$"""
                {"id":"TEST-{{{flaw:0000}}}","modified":"2026-01-01T00:00:00Z","summary":"one of many",
                "affected":[{"package":{"ecosystem":"npm","name":"{{{Package}}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
                """);
        }
    }
}
