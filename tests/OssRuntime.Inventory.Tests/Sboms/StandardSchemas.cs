using System.Diagnostics;

namespace OssRuntime.Inventory.Tests.Sboms;

/// <summary>
/// The standards' own JSON schemas and a validator, out of npm packages that are fetched once into the cache. The tests that need them are skipped
/// where neither cache nor registry has them.
/// </summary>
internal static class StandardSchemas
{
    private const string Schemas = "@cyclonedx/cdxgen@12.8.4";
    private static readonly string[] Validator = ["ajv@8.20.0", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1"];
    private static readonly Lazy<string?> Missing = new(Fetch);

    private static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("OSSRUNTIME_CACHE") is { Length: > 0 } given ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "ossruntime"),
        "sbom-schemas-1");

    /// <summary>What a document breaks of a schema; empty for a valid one.</summary>
    public static string Validate(string draft, string document, params string[] schemas)
    {
        Assert.SkipWhen(Missing.Value is not null, Missing.Value ?? "");
        var files = string.Join(',', schemas.Select(name => Path.Combine(Folder, "package", "data", name)));
        var script = Path.Combine(AppContext.BaseDirectory, "Sboms", "testdata", "validate.js");
        return Run("node", [script, files, draft, document]).Output;
    }

    private static string? Fetch()
    {
        try
        {
            // Several test processes may come at the same time: each makes its own folder, and the first to finish gives it its name.
            if (!Directory.Exists(Folder))
            {
                var making = $"{Folder}.{Environment.ProcessId}";
                Directory.CreateDirectory(making);
                Check(Run("npm", ["install", "--prefix", making, "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries", "0", .. Validator]));
                var packed = Check(Run("npm", ["pack", "--silent", "--fetch-retries", "0", "--pack-destination", making, Schemas])).Trim();
                Check(Run("tar", ["-xzf", Path.Combine(making, packed), "-C", making, "package/data"]));
                Directory.Move(making, Folder);
            }

            return null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return Directory.Exists(Folder) ? null : $"the standards' schemas cannot be had: {e.Message}";
        }
    }

    private static string Check((int Code, string Output) result) =>
        result.Code == 0 ? result.Output : throw new InvalidOperationException(result.Output.Split('\n')[0]);

    private static (int Code, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["NODE_PATH"] = Path.Combine(Folder, "node_modules");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : $"{output}{errors.Result}");
    }
}
