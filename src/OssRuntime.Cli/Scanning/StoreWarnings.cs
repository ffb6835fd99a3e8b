using OssRuntime.Cli.Output;
using OssRuntime.Inventory.Store;

namespace OssRuntime.Cli.Scanning;

/// <summary>Tells the user what goes wrong in the store of a scan, beside the report.</summary>
internal sealed class StoreWarnings : IStoreObserver
{
    public void Troubled(string trouble) => Console.Error.WriteLine($"ossruntime: {TerminalText.Safe(trouble)}");
}
