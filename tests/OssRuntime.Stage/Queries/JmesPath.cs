using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Queries;

/// <summary>Evaluates JMESPath, as engines of policies do.</summary>
public sealed class JmesPath
{
    private const string Program = "const j = require(process.argv[1]); process.stdout.write(JSON.stringify(j.search(JSON.parse(process.argv[2]), process.argv[3])));";

    private readonly string _library;

    private JmesPath(string library) => _library = library;

    /// <summary>Finds or downloads it.</summary>
    /// <exception cref="StageException">There is none and none can be had; the message says what to install.</exception>
    public static async Task<JmesPath> FindAsync(TextWriter log, CancellationToken cancellationToken = default)
    {
        await MachinePackages.EnsureAsync(log, ["npm"], cancellationToken);
        return new JmesPath(await Tool.RunScriptAsync("Queries/jmespath.sh", [], log, cancellationToken));
    }

    /// <summary>What the expression finds in the JSON, as JSON.</summary>
    /// <exception cref="StageException">The expression is none.</exception>
    public Task<string> SearchAsync(string json, string expression) => Tool.RunAsync("node", ["-e", Program, _library, json, expression]);
}
