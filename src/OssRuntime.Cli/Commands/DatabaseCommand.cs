using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Inspecting;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime db</c>: builds, describes, checks and asks an advisory database.</summary>
internal static class DatabaseCommand
{
    private const string Description = """
        Builds, describes, checks and searches an advisory database.

        Examples:
          ossruntime db build --feeds feeds/ --output advisories.db
          ossruntime db build --feeds https://mirror.example/feeds --output advisories.db
          ossruntime db publish registry.example/security/advisories:latest --feeds publishers --key private.pem
          ossruntime db push registry.example/security/advisories:latest --db advisories.db --key private.pem
          ossruntime db pull registry.example/security/advisories:latest --key public.pem
          ossruntime db info --db advisories.db
          ossruntime db lookup pkg:npm/lodash@4.17.15
          ossruntime db lookup pkg:npm/lodash
          ossruntime db lookup CVE-2021-44228
          ossruntime db lookup 'pkg:deb/debian/openssl@3.0.11-1?distro=debian-12'
        """;

    public static Command Create(TimeProvider time) => new("db", Description)
    {
        DatabaseBuildCommand.Create(time),
        DatabaseShipmentCommands.Update(time),
        DatabaseShipmentCommands.Publish(time),
        DatabaseShipmentCommands.Push(time),
        DatabaseShipmentCommands.Pull(time),
        Info(),
        Verify(),
        Lookup(),
    };

    private static Command Info()
    {
        var database = FileOption();
        var command = new Command("info", "Shows what a database contains and where its data came from.") { database };
        command.SetAction(parsed =>
        {
            using var opened = DatabaseFile.Open(parsed.GetValue(database)!);
            DatabaseReport.Write(Console.Out, opened.Info);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Verify()
    {
        var database = FileOption();
        var command = new Command("verify", "Checks every byte of a database against its checksums.") { database };
        command.SetAction(parsed =>
        {
            using var opened = DatabaseFile.Open(parsed.GetValue(database)!);
            try
            {
                opened.Verify();
            }
            catch (AdvisoryDatabaseException error)
            {
                throw new CommandLineException(ExitCode.Unreadable, error.Message);
            }

            Console.Out.WriteLine($"generation {opened.Generation} is intact: all checksums match");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Lookup()
    {
        var purl = new Argument<string>("PURL") { Description = "A package URL (pkg:type/name@version; without a version the affected ranges are listed), or the ID of an advisory." };
        var database = FileOption();
        var command = new Command("lookup", "Shows every advisory for a package, and why it affects the version or not.") { purl, database };
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(purl)!;
            if (!asked.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
            {
                return LookupId(parsed.GetValue(database)!, asked);
            }

            if (!PackageUrl.TryParse(asked, out var package, out var reason))
            {
                throw new CommandLineException(ExitCode.Usage, $"'{asked}' is not a valid package URL: {reason}");
            }

            using var opened = DatabaseFile.Open(parsed.GetValue(database)!);
            TraceReport.Write(Console.Out, new Matcher(opened).Explain(PurlComponent.Of(package!)));
            return ExitCode.Done;
        });
        return command;
    }

    private static int LookupId(string database, string id)
    {
        using var opened = DatabaseFile.Open(database);
        TraceReport.Write(Console.Out, id, opened.Find(id));
        return ExitCode.Done;
    }

    private static Option<string> FileOption() =>
        new("--db") { Description = $"The advisory database file. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
}
