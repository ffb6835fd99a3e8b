using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Distribution;
using OssRuntime.Cli.Distribution;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime db push</c>, <c>pull</c> and <c>update</c>: databases travel as signed OCI artifacts.</summary>
internal static class DatabaseShipmentCommands
{
    private const string Source = "OSSRUNTIME_DATABASE";

    public static Command Push(TimeProvider time)
    {
        var reference = new Argument<string>("REF") { Description = "registry/repository:tag" };
        var database = new Option<string>("--db") { Description = $"The database. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
        var key = new Option<string?>("--key") { Description = "A file with the ECDSA private key to sign with, in PEM. Without it the artifact is not signed." };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command("push", "Brings a database to a registry as an OCI artifact, with a signature.") { reference, database, key, insecure };
        command.SetAction(async (parsed, cancel) =>
        {
            var image = Image(parsed.GetValue(reference)!);
            using var registry = new RegistryAccess(parsed.GetValue(insecure)!, time);
            var manifest = await TryAsync(() => DatabaseShipping.PushAsync(
                parsed.GetValue(database)!, registry.Open(image), image.Tag ?? "latest", ReadKey(parsed.GetValue(key)), cancel));
            await Console.Out.WriteLineAsync($"generation {manifest.Generation}, {manifest.LayerLength / 1048576.0:0.0} MiB, {(manifest.Signature is null ? "not signed" : "signed")}");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Pull(TimeProvider time)
    {
        var references = new Argument<string[]>("REF") { Description = "registry/repository:tag; further ones are mirrors, asked in their order.", Arity = ArgumentArity.OneOrMore };
        return Pull("pull", "Brings a database from a registry. One that is older, or has lost records, is refused.", references, time);
    }

    public static Command Update(TimeProvider time)
    {
        var references = new Argument<string[]>("REF")
        {
            Description = $"registry/repository:tag; further ones are mirrors. Default: what {Source} names, with spaces between.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => (Environment.GetEnvironmentVariable(Source) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        return Pull("update", "Brings the database in its usual place up to date from a registry.", references, time);
    }

    private static Command Pull(string name, string description, Argument<string[]> references, TimeProvider time)
    {
        var output = new Option<string>("--output", "-o") { Description = $"The file to write. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
        var key = new Option<string?>("--key") { Description = "A file with the ECDSA public key that must have signed it, in PEM. Without it the signature is not looked at." };
        var force = new Option<bool>("--force") { Description = "Take it even if it is older or has lost records." };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command(name, description) { references, output, key, force, insecure };
        command.SetAction(async (parsed, cancel) =>
        {
            var images = Array.ConvertAll(parsed.GetValue(references)!, Image);
            if (images.Length == 0)
            {
                throw new CommandLineException(ExitCode.Usage, $"nothing says where the database is: name a reference, or set {Source}");
            }

            using var registry = new RegistryAccess(parsed.GetValue(insecure)!, time);
            var (manifest, replaced) = await TryAsync(() => DatabaseShipping.PullAsync(
                [.. images.Select(image => (registry.Open(image), image.Digest?.ToString() ?? image.Tag ?? "latest"))],
                parsed.GetValue(output)!,
                new PullOptions { PublicKey = ReadKey(parsed.GetValue(key)), Force = parsed.GetValue(force) },
                cancel));
            await Console.Out.WriteLineAsync($"generation {manifest.Generation} {(replaced ? "is in place" : "is in place already")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static ImageReference Image(string text) =>
        ImageReference.TryParse(text, out var image, out var reason) ? image! : throw new CommandLineException(ExitCode.Usage, $"'{text}': {reason}");

    private static string? ReadKey(string? path)
    {
        try
        {
            return path is null ? null : File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandLineException(ExitCode.Unreadable, $"{path}: {error.Message}");
        }
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception error) when (error is ArtifactException or AdvisoryDatabaseException or IOException)
        {
            throw new CommandLineException(ExitCode.Unreadable, error.Message);
        }
    }
}
