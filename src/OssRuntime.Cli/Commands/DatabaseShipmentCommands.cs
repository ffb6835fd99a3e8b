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
        var database = new Option<string>("--db") { Description = $"The advisory database file. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
        var key = new Option<string?>("--key") { Description = "A PEM file with the ECDSA private key to sign with. Without it, the database is pushed unsigned." };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command("push", "Pushes a database to a registry as an OCI artifact, signed with --key.") { reference, database, key, insecure };
        command.SetAction(async (parsed, cancel) =>
        {
            var image = Image(parsed.GetValue(reference)!);
            using var registry = new RegistryAccess(parsed.GetValue(insecure)!, time);
            var manifest = await TryAsync(() => DatabaseShipping.PushAsync(
                parsed.GetValue(database)!, registry.Open(image), image.Tag ?? "latest", ReadKey(parsed.GetValue(key)), time, cancel));
            await Console.Out.WriteLineAsync($"generation {manifest.Generation}, {manifest.LayerLength / 1048576.0:0.0} MiB, {(manifest.Signature is null ? "not signed" : "signed")}");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Pull(TimeProvider time)
    {
        var references = new Argument<string[]>("REF") { Description = "registry/repository:tag. Further references are mirrors; they are tried in the given order.", Arity = ArgumentArity.OneOrMore };
        return Pull("pull", "Pulls a database from a registry. It is refused if it is older than the file in use or has lost many records.", references, time);
    }

    public static Command Update(TimeProvider time)
    {
        var references = new Argument<string[]>("REF")
        {
            Description = $"registry/repository:tag. Further references are mirrors. Default: the environment variable {Source}, references separated by spaces.",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => (Environment.GetEnvironmentVariable(Source) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        return Pull("update", "Updates the database in its default place from a registry.", references, time);
    }

    private static Command Pull(string name, string description, Argument<string[]> references, TimeProvider time)
    {
        var output = new Option<string>("--output", "-o") { Description = $"The file to write. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
        var key = new Option<string?>("--key") { Description = "A PEM file with the ECDSA public key that must have signed the database. Without it, the signature is not checked." };
        var force = new Option<bool>("--force") { Description = "Accept the database even if it is older or has lost records." };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command(name, description) { references, output, key, force, insecure };
        command.SetAction(async (parsed, cancel) =>
        {
            var images = Array.ConvertAll(parsed.GetValue(references)!, Image);
            if (images.Length == 0)
            {
                throw new CommandLineException(ExitCode.Usage, $"no database reference was given: name one (registry/repository:tag), or set the environment variable {Source}");
            }

            using var registry = new RegistryAccess(parsed.GetValue(insecure)!, time);
            var (manifest, replaced) = await TryAsync(() => DatabaseShipping.PullAsync(
                [.. images.Select(image => (registry.Open(image), image.Digest?.ToString() ?? image.Tag ?? "latest"))],
                parsed.GetValue(output)!,
                new PullOptions { PublicKey = ReadKey(parsed.GetValue(key)), Force = parsed.GetValue(force) },
                time,
                cancel));
            await Console.Out.WriteLineAsync($"generation {manifest.Generation} {(replaced ? "is now in use" : "was in use already")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static ImageReference Image(string text) =>
        ImageReference.TryParse(text, out var image, out var reason) ? image! : throw new CommandLineException(ExitCode.Usage, $"'{text}' is not a valid image reference: {reason}");

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
