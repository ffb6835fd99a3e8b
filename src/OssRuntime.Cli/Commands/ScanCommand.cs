using System.Collections.Immutable;
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
using Spectre.Console;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime scan</c>: what is in images, and what is dangerous in it.</summary>
internal static class ScanCommand
{
    private const string Description = """
        Lists the open-source components of images, root file systems and SBOMs, and what is dangerous in them.

        Examples:
          ossruntime scan rootfs:/
          ossruntime scan registry.example/shop/web:1.4 -o json=web.json -o cyclonedx=web.cdx.json
          ossruntime scan registry.example/shop/web:1.4 --format json --output web.json
          ossruntime scan oci:build/image:latest --inventory-only
          ossruntime scan manifests:deploy/ --db advisories.db
          ossruntime scan registry.example/shop/web:1.4 --format cyclonedx --output web.cdx.json
          ossruntime scan sbom:web.cdx.json
          ossruntime scan registry.example/shop/web:1.4 --sbom-trust cosign.pub
          ossruntime scan registry.example/shop/web:1.4 --vex web.openvex.json
          ossruntime scan registry.example/shop/web:1.4 --policy policies/ --namespace shop --exposure Internet
          ossruntime scan registry.example/shop/web:1.4 --fail-on knownExploited --fail-on severity=Critical,fixable
          ossruntime scan registry.example/shop/web:1.4 --fail-on severity=High --fail-on unchecked --fail-on stale=7d
          ossruntime scan registry.example/shop/web:1.4 --store ~/.cache/ossruntime/inventory.db
        """;

    public static Command Create(TimeProvider time)
    {
        var targets = new Argument<string[]>("TARGET")
        {
            Description = "An image reference, oci:DIR[:TAG], oci-archive:FILE, docker-archive:FILE, rootfs:DIR, sbom:FILE, or manifests:PATH for the images that Kubernetes manifests name. A path (./x, ../x, /x) is looked at to tell which of them it is.",
            Arity = ArgumentArity.OneOrMore,
        };
        var database = new Option<string?>("--db") { Description = $"The advisory database. Default: {DatabaseLocation.Default}" };
        var platform = TargetOptions.Platform();
        var outputs = new OutputOptions();
        var inventoryOnly = new Option<bool>("--inventory-only") { Description = "Only list components; do not look for advisories." };
        var at = new Option<DateOnly?>("--at") { Description = "Judge end-of-life dates as of this day (yyyy-mm-dd). Default: today." };
        var insecure = TargetOptions.InsecureRegistries();
        var vex = new Option<string[]>("--vex")
        {
            Description = "A VEX document (OpenVEX, CSAF, CycloneDX), a VEX repository (folder or archive), or 'attached' for VEX that is attached to the image and signed by a key of --sbom-trust ('attached:unverified' accepts any). May be given several times.",
            DefaultValueFactory = _ => [],
        };
        var store = new Option<string?>("--store") { Description = "A file that remembers the contents of each layer, so that no layer is read twice. It is created if it does not exist." };
        var strict = new Option<bool>("--strict") { Description = "End with exit code 4 if something in a target could not be checked." };
        var command = new Command("scan", Description) { targets, database, platform, inventoryOnly, at, insecure, vex, store, strict };
        outputs.AddTo(command);
        var sboms = new SbomOptions();
        sboms.AddTo(command);
        var choices = new MatchChoices();
        choices.AddTo(command);
        var policies = new PolicyOptions();
        policies.AddTo(command);
        var filters = new FilterOptions();
        filters.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(
            new ScanRequest(
                [.. parsed.GetValue(targets)!],
                parsed.GetValue(database),
                parsed.GetValue(platform)!,
                outputs.Read(parsed),
                parsed.GetValue(inventoryOnly),
                parsed.GetValue(at) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
                [.. parsed.GetValue(insecure)!],
                [.. parsed.GetValue(vex)!],
                sboms.Read(parsed),
                choices.Read(parsed),
                policies.Read(parsed) with { At = parsed.GetValue(at)?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) })
            { Store = parsed.GetValue(store), Strict = parsed.GetValue(strict), All = outputs.IsWide(parsed), Filter = filters.Read(parsed), IgnoreFiles = filters.IgnoreFiles(parsed), Baseline = filters.Baseline(parsed) },
            time,
            cancel));
        return command;
    }

    /// <summary>Scans, judges and prints.</summary>
    public static async Task<int> RunAsync(ScanRequest request, TimeProvider time, CancellationToken cancel)
    {
        Check(request);
        using var database = Open(request);
        var judge = JudgeOf(request, database, time);
        var outcomes = await ScanAsync(request, database, judge, time, cancel);
        var now = request.Policies.At ?? time.GetUtcNow();
        var report = new ScanReport(database is null ? null : DatabaseSummary.Of(database, now), [.. outcomes.Select(outcome => outcome.ShownBy(request.Filter))], request.Day, now) { Judge = judge, References = database is null ? null : new AdvisoryReferences(database) };
        await new ReportPrinter(report, request.OnlyViolations, request.All).PrintAsync(request.Outputs, cancel);
        return ScanExitCode.Of(request, judge, outcomes, Console.Error);
    }

    /// <summary>Scans and judges.</summary>
    public static async Task<ImmutableArray<ScanOutcome>> ScanAsync(ScanRequest request, TimeProvider time, CancellationToken cancel)
    {
        using var database = Open(request);
        return await ScanAsync(request, database, JudgeOf(request, database, time), time, cancel);
    }

    private static async Task<ImmutableArray<ScanOutcome>> ScanAsync(
        ScanRequest request, AdvisoryDatabase? database, PolicyEvaluator judge, TimeProvider time, CancellationToken cancel)
    {
        var warnings = Warnings.OnStandardError;
        foreach (var guessed in request.Targets.Select(ScanTarget.Parse).Where(target => target.IsGuessed))
        {
            warnings.Tell($"{guessed.Location} is read as {guessed.Text}");
        }

        using var store = ScanStore.Open(request.Store, request.Targets, warnings, time);
        using var registries = new RegistryClient(new RegistryOptions { PlainHttp = [.. request.InsecureRegistries] }, time, null);
        var scanner = new Scanner(
            new ImageIndexer(request.Inventory, store.Inventories, time),
            new ImageSources(registries, UserCredentials.Read()),
            database,
            new ScanSettings(
                request.Platform,
                request.Day,
                request.Matching with { StaleAfter = request.Policies.GreatestDatabaseAge },
                FindingSieve.Read(request.IgnoreFiles, request.Baseline, request.Day, warnings)),
            VexSources.Open(request.Vex, warnings, request.Inventory.Sboms.Trust),
            judge);
        return await ScanAllAsync(scanner, request.Targets, cancel);
    }

    private static PolicyEvaluator JudgeOf(ScanRequest request, AdvisoryDatabase? database, TimeProvider time)
    {
        var judge = new PolicyEvaluator(request.Policies, request.Day, time.GetUtcNow(), database is null ? null : new Matcher(database));
        return judge.IsIdle || request.LooksForAdvisories
            ? judge
            : throw new CommandLineException(ExitCode.Usage, "policies cannot be applied with --inventory-only or an SBOM format, because neither looks for advisories: remove one of the options");
    }

    private static void Check(ScanRequest request)
    {
        if (request.Outputs.Any(output => SbomReport.IsOfOneTarget(output.Format))
            && (request.Targets.Length > 1 || ScanTarget.Parse(request.Targets[0]).Kind == TargetKind.Manifests))
        {
            throw new CommandLineException(ExitCode.Usage, "an SBOM format takes exactly one target: name one image, root file system or SBOM");
        }
    }

    private static AdvisoryDatabase? Open(ScanRequest request)
    {
        if (!request.LooksForAdvisories)
        {
            return null;
        }

        var path = PathOf(request);
        if (!File.Exists(path))
        {
            throw new CommandLineException(
                request.Database is null ? ExitCode.Usage : ExitCode.Unreadable,
                $"the advisory database {path} does not exist: build it with 'ossruntime db build', name another with --db, or use --inventory-only");
        }

        return DatabaseFile.Open(path, request.Policies.EpssPercentile);
    }

    private static string PathOf(ScanRequest request) => request.Database ?? DatabaseLocation.Default;

    private static async Task<ImmutableArray<ScanOutcome>> ScanAllAsync(Scanner scanner, ImmutableArray<string> targets, CancellationToken cancel)
    {
        if (Console.IsErrorRedirected)
        {
            return await ScanAsync(new NoProgress());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).HideCompleted(true).StartAsync(context => ScanAsync(new TerminalProgress(context)));

        async Task<ImmutableArray<ScanOutcome>> ScanAsync(IScanProgress progress)
        {
            var outcomes = ImmutableArray.CreateBuilder<ScanOutcome>();
            foreach (var target in targets)
            {
                outcomes.AddRange(await scanner.ScanAsync(target, progress, cancel));
            }

            return outcomes.DrainToImmutable();
        }
    }
}
