using System.CommandLine;
using OssRuntime.Benchmarks.Admission;
using OssRuntime.Benchmarks.Advisories;
using OssRuntime.Benchmarks.Exposure;
using OssRuntime.Benchmarks.Inventory;
using OssRuntime.Benchmarks.Osv;

// Figures that OssRuntime is held to, measured on the machine at hand. Results worth keeping are in docs/benchmarks.
var root = new RootCommand("Measures OssRuntime.")
{
    OsvGenerateCommand.Create(),
    BuildCommand.Create(),
    LookupCommand.Create(),
    MatchCommand.Create(),
    ExposureCommand.Create(),
    AdmissionCommand.Create(),
    InventoryCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
