using OssRuntime.Inventory.Store;

namespace OssRuntime.Cli.Terminal;

/// <summary>Tells the user beside the report what did not go as it should, in the store of a scan too.</summary>
internal sealed class Warnings(TextWriter writer) : IStoreObserver
{
    /// <summary>Warnings on standard error, which is not part of what is printed.</summary>
    public static Warnings OnStandardError => new(Console.Error);

    /// <summary>Tells a sentence; what it quotes of images and files is made safe.</summary>
    public void Tell(string message) => writer.WriteLine($"ossruntime: {TerminalText.Safe(message)}");

    /// <inheritdoc/>
    public void Troubled(string trouble) => Tell(trouble);
}
