using System.Diagnostics;

namespace OssRuntime.Testing.Standards;

/// <summary>
/// The standards' own JSON schemas (CycloneDX, SPDX, SARIF) and a validator, out of npm packages that are fetched once into the cache. The tests that need
/// them are skipped where neither cache nor registry has them.
/// </summary>
public static class StandardSchemas
{
    private static readonly (string Package, string Folder)[] Schemas = [("@cyclonedx/cdxgen@12.8.4", "package/data"), ("@microsoft/jest-sarif@1.0.0-beta.0", "package/lib/schemas")];
    private static readonly string[] Validator = ["ajv@8.20.0", "ajv-formats@3.0.1", "ajv-formats-draft2019@1.6.1"];
    private static readonly Lazy<string?> Fetched = new(Fetch);

    private static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("OSSRUNTIME_CACHE") is { Length: > 0 } given ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "ossruntime"),
        "standard-schemas-1");

    /// <summary>Why the schemas cannot be had: a test that needs them is then skipped. Null where they are here.</summary>
    public static string? Missing => Fetched.Value;

    /// <summary>What a document breaks of a schema; empty for a valid one.</summary>
    /// <param name="draft">The draft of JSON Schema: 4, 7 or 2020.</param>
    /// <param name="document">The file.</param>
    /// <param name="schemas">The document's schema by its file name, then those that it refers to.</param>
    public static string Validate(string draft, string document, params string[] schemas)
    {
        var files = string.Join(',', schemas.Select(PathOf));
        var script = Path.Combine(AppContext.BaseDirectory, "Standards", "validate.js");
        return Run("node", [script, files, draft, document]).Output;
    }

    private static string PathOf(string name) => Schemas.Select(entry => Path.Combine(Folder, entry.Folder, name)).First(File.Exists);

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
                foreach (var (package, folder) in Schemas)
                {
                    var packed = Check(Run("npm", ["pack", "--silent", "--fetch-retries", "0", "--pack-destination", making, package])).Trim();
                    Check(Run("tar", ["-xzf", Path.Combine(making, packed), "-C", making, folder]));
                }

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
