using System.CommandLine;
using OssRuntime.Cli;
using OssRuntime.Cli.Commands;
using OssRuntime.Cli.Terminal;

NativeHeap.KeepSmall();
var root = new RootCommand("Knows which open-source software runs where, and which of it is dangerous.")
{
    ScanCommand.Create(TimeProvider.System),
    ExplainCommand.Create(TimeProvider.System),
    DatabaseCommand.Create(TimeProvider.System),
    PolicyCommand.Create(TimeProvider.System),
    ExceptionsCommand.Create(TimeProvider.System),
    RegistryCommand.Create(TimeProvider.System),
    InspectCommand.Create(),
};
var parsed = root.Parse(args);
if (CommandLineErrors.LacksSubcommand(parsed))
{
    await root.Parse([.. args, "--help"]).InvokeAsync();
    return ExitCode.Usage;
}

var errors = CommandLineErrors.Of(parsed);
if (errors.Count > 0)
{
    foreach (var error in errors)
    {
        Console.Error.WriteLine(TerminalText.Safe($"ossruntime: {error}"));
    }

    return ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandLineException error)
{
    Console.Error.WriteLine($"ossruntime: {error.Message}");
    return error.ExitCode;
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"ossruntime: {error.Message}");
    return ExitCode.Unreadable;
}
