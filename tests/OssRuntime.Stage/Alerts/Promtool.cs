using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Alerts;

/// <summary>Prometheus' own judge of rules: the one on the PATH, else the one of Debian's package, unpacked into the cache and not installed.</summary>
public sealed class Promtool
{
    private readonly string _program;

    private Promtool(string program) => _program = program;

    /// <summary>Finds or downloads it.</summary>
    /// <exception cref="StageException">There is none and none can be had; the message says why.</exception>
    public static async Task<Promtool> FindAsync(TextWriter log, CancellationToken cancellationToken = default) => new(
        Tool.Find("promtool")
        ?? Path.Combine(await Tool.RunScriptAsync("Debian/archive.sh", ["prometheus"], log, cancellationToken), "usr/bin/promtool"));

    /// <summary>Checks rule files, as <c>promtool check rules</c> does.</summary>
    /// <exception cref="StageException">A file holds no rules that Prometheus takes.</exception>
    public Task<string> CheckAsync(params IEnumerable<string> files) => Tool.RunAsync(_program, ["check", "rules", .. files]);

    /// <summary>Runs unit tests of rules, as <c>promtool test rules</c> does.</summary>
    /// <exception cref="StageException">A test failed; the message ends with what was expected and what came.</exception>
    public Task<string> TestAsync(params IEnumerable<string> files) => Tool.RunAsync(_program, ["test", "rules", .. files]);
}
