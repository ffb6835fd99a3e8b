namespace OssRuntime.Cli.Terminal;

/// <summary>What the user is told beside the result, a line each.</summary>
internal sealed class Warnings(TextWriter writer)
{
    /// <summary>Warnings on standard error, which is not part of what is printed.</summary>
    public static Warnings OnStandardError => new(Console.Error);

    /// <summary>Tells a sentence; what it quotes of images and files is made safe.</summary>
    public void Tell(string message) => writer.WriteLine($"ossruntime: {TerminalText.Safe(message)}");
}
