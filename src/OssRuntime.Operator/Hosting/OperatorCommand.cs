using System.CommandLine;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Hosting;

/// <summary>The command line of the operator.</summary>
internal static class OperatorCommand
{
    /// <summary>Reads the arguments, runs the operator and returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args) =>
        // Signals are the host's: it serves on for a while after one.
        Create(OperatorProgram.RunAsync).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

    /// <summary>The command; what it runs gets the options read and checked.</summary>
    public static RootCommand Create(Func<OperatorOptions, CancellationToken, Task<int>> run)
    {
        var root = new RootCommand("Knows which open-source software runs in the cluster and which of it is dangerous.");
        var rows = OperatorOptionTable.Rows();
        foreach (var row in rows)
        {
            root.Options.Add(row.Symbol);
        }

        root.SetAction((parsed, cancel) => run(rows.Aggregate(new OperatorOptions(), (options, row) => row.Apply(parsed, options)), cancel));
        return root;
    }
}
