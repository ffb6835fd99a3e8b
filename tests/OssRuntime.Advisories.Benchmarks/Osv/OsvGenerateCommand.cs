using System.CommandLine;

namespace OssRuntime.Advisories.Benchmarks.Osv;

/// <summary><c>osv-generate</c>: a feed of any size.</summary>
internal static class OsvGenerateCommand
{
    public static Command Create()
    {
        var documents = new Option<int>("--documents") { DefaultValueFactory = _ => 500_000, Description = "How many records." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "The same seed gives the same bytes." };
        var output = new Option<string>("--output") { Required = true, Description = "The feed root to write to." };
        var command = new Command("osv-generate", "Writes invented OSV records as osv/<Ecosystem>/all.zip.") { documents, seed, output };
        command.SetAction(arguments => new OsvGenerator(arguments.GetValue(seed)).Write(arguments.GetValue(output)!, arguments.GetValue(documents)));
        return command;
    }
}
