using System.CommandLine;
using OssRuntime.Benchmarks.Admission;
using OssRuntime.Benchmarks.Exposure;
using OssRuntime.Benchmarks.Hostile;
using OssRuntime.Benchmarks.Inventory;

// Figures that OssRuntime is held to, measured on the machine at hand. Results worth keeping are in docs/benchmarks.
var root = new RootCommand("Measures OssRuntime.")
{
    ExposureCommand.Create(),
    AdmissionCommand.Create(),
    InventoryCommand.Create(),
    HostileCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
