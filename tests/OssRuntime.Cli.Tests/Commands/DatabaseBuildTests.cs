using OssRuntime.Testing.Images;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary><c>db build</c> as a pipeline meets it: what is in the file, what is said, and the exit code.</summary>
public sealed class DatabaseBuildTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_source_that_shrinks_is_held_and_named_until_it_is_accepted()
    {
        Publish("npm", 60);
        Publish("Go", 1);
        Assert.Equal(0, (await BuildAsync()).ExitCode);
        Publish("npm", 30);
        Publish("Go", 2);

        var held = await BuildAsync();
        var accepted = await BuildAsync("--accept", "osv/npm");

        Assert.Equal(4, held.ExitCode);
        Assert.Contains("source osv/npm lost more than 5 % of its records: 30 of 60 are left; its data from the build before is used", held.Error, StringComparison.Ordinal);
        Assert.Contains("advisories   62 on", held.Output, StringComparison.Ordinal);
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("advisories   32 on", accepted.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_replaces_no_database()
    {
        Publish("npm", 57);
        await BuildAsync();
        var before = await File.ReadAllBytesAsync(_folder["a.db"], TestContext.Current.CancellationToken);
        Directory.Delete(_folder["feeds/osv"], recursive: true);

        var refused = await BuildAsync();

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("refused: source osv/npm lost more than 5 % of its records: 0 of 57 are left; the file from before stays", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder["a.db"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_source_that_is_required_and_a_file_that_cannot_be_read_are_named()
    {
        Publish("npm", 3);
        Directory.CreateDirectory(_folder["feeds/kev"]);
        await File.WriteAllTextAsync(_folder["feeds/kev/known.json"], "{", TestContext.Current.CancellationToken);

        var result = await BuildAsync("--require", "osv/npm", "kev");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("source kev is required and has no records", result.Error, StringComparison.Ordinal);
        Assert.Contains("kev/known.json could not be read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_the_list_of_ecosystems_is_a_failure_that_the_database_tells_of_too()
    {
        await using var server = await FeedServer.StartAsync(new Dictionary<string, string>
        {
            ["kev/known_exploited_vulnerabilities.json"] = """{"vulnerabilities":[{"cveID":"CVE-2026-1"}]}""",
            ["nodejs-core/vuln/core/index.json"] = """{"1":{"cve":["CVE-2026-1"],"vulnerable":"18.x","patched":"^18.0.1"}}""",
        });

        var result = await CommandLine.RunAsync(["db", "build", "--feeds", server.Address, "-o", _folder["a.db"]]);
        var info = await CommandLine.RunAsync(["db", "info", "--db", _folder["a.db"]]);

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("osv/ecosystems.txt", result.Error, StringComparison.Ordinal);
        Assert.Contains("not fetched  osv/ecosystems.txt: the server answers 404; its data is missing", info.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("db", "lookup", "pkg:npm/p1@1.0.0", "--db")]
    [InlineData("db", "lookup", "npm-1", "--db")]
    [InlineData("explain", "pkg:npm/p1@1.0.0", "p1", "--db")]
    public async Task A_byte_that_is_another_ends_in_a_reason(params string[] command)
    {
        Publish("npm", 20);
        await BuildAsync();
        var bytes = await File.ReadAllBytesAsync(_folder["a.db"], TestContext.Current.CancellationToken);
        bytes[bytes.Length - 300] ^= 1;
        await File.WriteAllBytesAsync(_folder["a.db"], bytes, TestContext.Current.CancellationToken);

        var result = await CommandLine.RunAsync([.. command, _folder["a.db"]]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    private Task<CommandLineResult> BuildAsync(params string[] more) =>
        CommandLine.RunAsync(["db", "build", "--feeds", _folder["feeds"], "-o", _folder["a.db"], .. more]);

    private void Publish(string ecosystem, int records)
    {
        var folder = _folder[$"feeds/osv/{ecosystem}"];
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        for (var number = 0; number < records; number++)
        {
            File.WriteAllText(Path.Combine(folder, $"{number}.json"), $$"""
                {"id":"{{ecosystem}}-{{number}}","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"p{{number}}"},
                "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
                """);
        }
    }
}
