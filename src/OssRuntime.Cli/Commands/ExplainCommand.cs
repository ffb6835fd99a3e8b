using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Filters;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Registries;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime explain</c>: why a component of an image is, or is not, affected by an advisory.</summary>
internal static class ExplainCommand
{
    private const string Description = """
        Explains why a component of an image is affected by an advisory or not: what the database was asked, every advisory that was considered, its version
        range, and the verdict.

        Examples:
          ossruntime explain registry.example/shop/web:1.4 openssl
          ossruntime explain registry.example/shop/web:1.4 CVE-2021-44228
          ossruntime explain rootfs:/ pkg:deb/debian/zlib1g
          ossruntime explain sbom:web.cdx.json pkg:npm/lodash@4.17.15
        """;

    public static Command Create(TimeProvider time)
    {
        var target = new Argument<string>("TARGET") { Description = "A target as for 'ossruntime scan': an image reference, oci:DIR, rootfs:DIR, sbom:FILE, …" };
        var what = new Argument<string>("WHAT") { Description = "A component (its name or package URL), or the ID of an advisory." };
        var database = new Option<string>("--db") { Description = $"The advisory database. Default: {DatabaseLocation.Default}", DefaultValueFactory = _ => DatabaseLocation.Default };
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command("explain", Description) { target, what, database, insecure };
        var sboms = new SbomOptions();
        sboms.AddTo(command);
        var choices = new MatchChoices();
        choices.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            using var opened = DatabaseFile.Open(parsed.GetValue(database)!);
            using var registries = new RegistryClient(new RegistryOptions { PlainHttp = [.. parsed.GetValue(insecure)!] }, time, null);
            var scanner = new Scanner(
                new ImageIndexer(sboms.Read(parsed), null, time),
                new ImageSources(registries, UserCredentials.Read()),
                database: null,
                new ScanSettings(Platform.LinuxAmd64, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), choices.Read(parsed), FindingSieve.Open),
                VexSources.Open([], Warnings.OnStandardError),
                PolicyEvaluator.Idle(time));
            var outcomes = await scanner.ScanAsync(parsed.GetValue(target)!, new NoProgress(), cancel);
            return outcomes.Aggregate(ExitCode.Done, (code, outcome) => Math.Max(code, Explain(outcome, parsed.GetValue(what)!, opened, choices.Read(parsed))));
        });
        return command;
    }

    private static int Explain(ScanOutcome outcome, string what, AdvisoryDatabase database, MatchOptions options)
    {
        if (outcome.Inventory is not { } inventory)
        {
            Console.Error.WriteLine(TerminalText.Safe($"ossruntime: {outcome.Target}: {outcome.FailureReason}: {outcome.FailureMessage}"));
            return ExitCode.Unreadable;
        }

        var matcher = new Matcher(database, options);
        var wanted = inventory.Components.Where(component => IsCalled(component, what)).ToList();
        if (wanted.Count > 0)
        {
            foreach (var component in wanted)
            {
                TraceReport.Write(Console.Out, matcher.Explain(component, inventory), component.Location.Path);
            }

            return ExitCode.Done;
        }

        if (!ExplainAdvisory(what, matcher, database, inventory.Components, outcome.Target))
        {
            throw new CommandLineException(ExitCode.Usage, TerminalText.Safe($"'{what}' was not found: {outcome.Target} has no component of that name, and the database has no advisory with that ID"));
        }

        return ExitCode.Done;
    }

    /// <summary>What an advisory, and every other on the same flaws, means for the image; false where nothing is known of it.</summary>
    private static bool ExplainAdvisory(string id, Matcher matcher, AdvisoryDatabase database, IEnumerable<Component> components, string target)
    {
        var advisories = database.Find(id);
        if (advisories.IsEmpty)
        {
            return false;
        }

        TraceReport.Write(Console.Out, id, advisories);
        var ids = advisories.SelectMany(advisory => advisory.Aliases.Concat(advisory.Flaws).Append(advisory.Id)).ToHashSet(StringComparer.Ordinal);
        var spokenOf = 0;
        foreach (var component in components)
        {
            if (matcher.Explain(component).Only(ids) is { Lookups.IsEmpty: false } trace)
            {
                TraceReport.Write(Console.Out, trace, component.Location.Path);
                spokenOf++;
            }
        }

        if (spokenOf == 0)
        {
            Console.Out.WriteLine(TerminalText.Safe($"none of these advisories is about a component of {target}"));
        }

        return true;
    }

    private static bool IsCalled(Component component, string what)
    {
        if (!what.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
        {
            return component.Name == what || component.Source?.Name == what;
        }

        return PackageUrl.TryParse(what, out var purl, out _)
            && component.Purl.Type == purl!.Type && component.Purl.Namespace == purl.Namespace && component.Purl.Name == purl.Name
            && (purl.Version is null || purl.Version == component.Purl.Version);
    }
}
