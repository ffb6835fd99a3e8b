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

    public static Command Publish(TimeProvider time)
    {
        var reference = new Argument<string>("REF") { Description = "registry/repository:tag" };
        var key = new Option<string?>("--key") { Description = "A PEM file with the ECDSA private key to sign with. Without it, the database is published unsigned." };
        var partly = new Option<bool>("--push-partial") { Description = "Publish a database that lacks something too. Without it, only a complete one is published." };
        var insecure = TargetOptions.InsecureRegistries();
        var build = new DatabaseBuild(time);
        var command = new Command(
            "publish",
            """
            Builds a database from feeds and publishes it: what a job runs once a day for all clusters.

            Where there is no database at OUTPUT yet, the one that is published is pulled first, so that a source that shrank is noticed.
            Exit codes: 0 published; 4 something is missing (it was published only with --push-partial); 3 nothing was built or published.
            """) { reference, key, partly, insecure };
        build.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var image = Image(parsed.GetValue(reference)!);
            var file = build.Output(parsed);
            using var registry = new RegistryAccess(parsed.GetValue(insecure)!, time);
            if (!File.Exists(file))
            {
                await TryPullAsync(registry, image, file, time, cancel);
            }

            if (await build.RunAsync(parsed, cancel) is not { } gaps)
            {
                return ExitCode.Unreadable;
            }

            if (!gaps.IsEmpty && !parsed.GetValue(partly))
            {
                await Console.Error.WriteLineAsync("ossruntime: the database is not published, because something is missing: --push-partial publishes it all the same");
                return ExitCode.Partial;
            }

            var manifest = await TryAsync(() => DatabaseShipping.PushAsync(file, registry.Open(image), image.Tag ?? "latest", ReadKey(parsed.GetValue(key)), time, cancel));
            await Console.Out.WriteLineAsync($"published    generation {manifest.Generation}, {manifest.LayerLength / 1048576.0:0.0} MiB, {(manifest.Signature is null ? "not signed" : "signed")}");
            return gaps.IsEmpty ? ExitCode.Done : ExitCode.Partial;
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
        var force = new Option<bool>("--force") { Description = "Accept the database even if it is older, too old or has lost records." };
        var oldest = new Option<int?>("--greatest-age") { Description = "How many days old its newest record may be." };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command(name, description) { references, output, key, force, oldest, insecure };
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
                new PullOptions { PublicKey = ReadKey(parsed.GetValue(key)), Force = parsed.GetValue(force), GreatestAge = parsed.GetValue(oldest) is { } days ? TimeSpan.FromDays(days) : null },
                time,
                cancel));
            await Console.Out.WriteLineAsync($"generation {manifest.Generation} {(replaced ? "is now in use" : "was in use already")}");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>What is published so far is what the next one is held against; the first time there is nothing.</summary>
    private static async Task TryPullAsync(RegistryAccess registry, ImageReference image, string file, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            await DatabaseShipping.PullAsync([(registry.Open(image), image.Tag ?? "latest")], file, new PullOptions(), time, cancel);
        }
        catch (Exception error) when (error is ArtifactException or AdvisoryDatabaseException or IOException)
        {
            await Console.Error.WriteLineAsync($"ossruntime: there is no published database to compare the new one with: {TerminalText.Safe(error.Message)}");
        }
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
