using System.CommandLine;
using OssRuntime.Cli.Registries;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime registry test</c>: why an image can, or cannot, be read from its registry.</summary>
internal static class RegistryCommand
{
    private const string Description = """
        Tries every step of resolving, authenticating and reading an image, and prints what was asked and answered. Exit code 3 if a step failed. Secrets are
        never printed.

        Examples:
          ossruntime registry test registry.example/shop/web:1.4
          ossruntime registry test --insecure-registry registry.local:5000 registry.local:5000/shop/web:1.4
        """;

    public static Command Create(TimeProvider time) => new("registry", "Tests access to registries.") { Test(time) };

    private static Command Test(TimeProvider time)
    {
        var image = new Argument<string>("IMAGE") { Description = "The image, registry/repository:tag." };
        var platform = TargetOptions.Platform();
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command("test", Description) { image, platform, insecure };
        command.SetAction(async (parsed, cancel) =>
        {
            if (!ImageReference.TryParse(parsed.GetValue(image), out var reference, out var reason))
            {
                throw new CommandLineException(ExitCode.Usage, $"'{parsed.GetValue(image)}' is not a valid image reference: {reason}");
            }

            using var client = new RegistryClient(new RegistryOptions { PlainHttp = [.. parsed.GetValue(insecure)!] }, time, new RequestLog(Console.Out));
            var trial = new RegistryTrial(reference!, client, UserCredentials.Read(), Console.Out);
            return await trial.RunAsync(parsed.GetValue(platform)!, cancel) ? ExitCode.Done : ExitCode.Unreadable;
        });
        return command;
    }
}
