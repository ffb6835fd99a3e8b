using Microsoft.Data.Sqlite;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Benchmarks.Inventory;

/// <summary>Trivy 0.68.2, listing components offline. Its cache is a folder of our own.</summary>
internal sealed class Peer
{
    public const string Name = "trivy";
    private readonly string _program;
    private readonly string _cache;

    private Peer(string program, string cache) => (_program, _cache) = (program, cache);

    /// <summary>Fetches and unpacks it where it is not there yet.</summary>
    public static async Task<Peer> PrepareAsync(string folder, string cache, CancellationToken cancellation)
    {
        var program = await Tool.RunScriptAsync("Inventory/trivy.sh", [folder], cancellationToken: cancellation);
        WriteEmptyJavaIndex(Path.Combine(cache, "java-db"));
        return new Peer(program, cache);
    }

    /// <summary>Lists the components of an image with nothing cached.</summary>
    public Contestant Cold(BenchImage image) => new(Name, Arguments(image), Forget);

    /// <summary>Lists the components of an image with the layers of another one cached.</summary>
    public async Task<Contestant> AfterAsync(BenchImage first, BenchImage then, CancellationToken cancellation)
    {
        await Cold(first).RunAsync(cancellation);
        var kept = Path.Combine(_cache, "kept.db");
        File.Copy(Path.Combine(_cache, "fanal", "fanal.db"), kept, overwrite: true);
        return new Contestant(Name, Arguments(then), () => File.Copy(kept, Path.Combine(_cache, "fanal", "fanal.db"), overwrite: true));
    }

    /// <summary>Starts and says its version.</summary>
    public Contestant Start() => new(Name, [_program, "--version"]);

    private string[] Arguments(BenchImage image) =>
    [
        _program, "image", "--input", image.Layout, "--format", "cyclonedx", "--offline-scan", "--skip-java-db-update", "--skip-version-check", "-q",
        "--cache-dir", _cache, "--output", "/dev/null",
    ];

    private void Forget()
    {
        if (Directory.Exists(Path.Combine(_cache, "fanal")))
        {
            Directory.Delete(Path.Combine(_cache, "fanal"), recursive: true);
        }
    }

    /// <summary>Without an index it refuses to read jars; with an empty one it goes by what they say themselves, as we do.</summary>
    private static void WriteEmptyJavaIndex(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "trivy-java.db");
        if (!File.Exists(file))
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);
                CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT, license TEXT, FOREIGN KEY (artifact_id) REFERENCES artifacts (id));
                """;
            command.ExecuteNonQuery();
        }

        File.WriteAllText(
            Path.Combine(folder, "metadata.json"),
            """{"Version":1,"NextUpdate":"2100-01-01T00:00:00Z","UpdatedAt":"2026-01-01T00:00:00Z","DownloadedAt":"2026-01-01T00:00:00Z"}""");
    }
}
