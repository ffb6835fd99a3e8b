using System.CommandLine;
using OssRuntime.Advisories.Benchmarks;
using OssRuntime.Advisories.Benchmarks.Osv;

// What the advisory database and matching are held to, measured on the machine at hand, compiled as it runs or as native code (eng/native). Results worth
// keeping are in docs/benchmarks/advisories.md.
var root = new RootCommand("Measures the advisory database and matching.")
{
    OsvGenerateCommand.Create(),
    BuildCommand.Create(),
    OpenCommand.Create(),
    LookupCommand.Create(),
    MatchCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
