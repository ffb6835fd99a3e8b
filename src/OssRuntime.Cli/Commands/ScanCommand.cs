using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Registries;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Inventory;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Sboms;
using Spectre.Console;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime scan</c>: what is in images, and what is dangerous in it.</summary>
internal static class ScanCommand
{
    private const string Description = """
        Lists the open-source components of images, root file systems and SBOMs, and what is dangerous in them.

        Examples:
          ossruntime scan rootfs:/
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
        var format = new Option<ReportFormat>("--format") { Description = "The output format. cyclonedx, spdx and spdx3 write the SBOM of one target, without looking for advisories." };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of standard output." };
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
        var all = new Option<bool>("--all") { Description = "Show each finding and each path in the table." };
        var command = new Command("scan", Description) { targets, database, platform, format, output, inventoryOnly, at, insecure, vex, store, strict, all };
        var sboms = new SbomOptions();
        sboms.AddTo(command);
        var choices = new MatchChoices();
        choices.AddTo(command);
        var policies = new PolicyOptions();
        policies.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(
            new ScanRequest(
                [.. parsed.GetValue(targets)!],
                parsed.GetValue(database),
                parsed.GetValue(platform)!,
                parsed.GetValue(format),
                parsed.GetValue(output),
                parsed.GetValue(inventoryOnly),
                parsed.GetValue(at) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime),
                [.. parsed.GetValue(insecure)!],
                [.. parsed.GetValue(vex)!],
                sboms.Read(parsed),
                choices.Read(parsed),
                policies.Read(parsed) with { At = parsed.GetValue(at)?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) })
            { Store = parsed.GetValue(store), Strict = parsed.GetValue(strict), All = parsed.GetValue(all) },
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
        await WriteAsync(request, database is null ? null : DatabaseSummary.Of(database, request.Policies.At ?? time.GetUtcNow()), outcomes, cancel);
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
            request.Platform,
            request.Day,
            VexSources.Open(request.Vex, warnings, request.Inventory.Sboms.Trust),
            judge,
            request.Matching with { StaleAfter = request.Policies.GreatestDatabaseAge });
        return await ScanAllAsync(scanner, request.Targets, cancel);
    }

    private static PolicyEvaluator JudgeOf(ScanRequest request, AdvisoryDatabase? database, TimeProvider time)
    {
        var judge = new PolicyEvaluator(request.Policies, request.Day, time.GetUtcNow(), database is null ? null : new Matcher(database));
        return judge.IsIdle || !(request.InventoryOnly || SbomReport.FormatOf(request.Format) is not null)
            ? judge
            : throw new CommandLineException(ExitCode.Usage, "policies cannot be applied with --inventory-only or an SBOM format, because neither looks for advisories: remove one of the options");
    }

    private static void Check(ScanRequest request)
    {
        if (SbomReport.FormatOf(request.Format) is not null
            && (request.Targets.Length > 1 || ScanTarget.Parse(request.Targets[0]).Kind == TargetKind.Manifests))
        {
            throw new CommandLineException(ExitCode.Usage, "an SBOM format takes exactly one target: name one image, root file system or SBOM");
        }
    }

    private static AdvisoryDatabase? Open(ScanRequest request)
    {
        if (request.InventoryOnly || SbomReport.FormatOf(request.Format) is not null)
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

    private static async Task WriteAsync(
        ScanRequest request, DatabaseSummary? database, ImmutableArray<ScanOutcome> outcomes, CancellationToken cancel)
    {
        if (SbomReport.FormatOf(request.Format) is { } format)
        {
            WriteSbom(request, format, outcomes[0]);
            return;
        }

        await using var output = request.Output is null ? Console.OpenStandardOutput() : File.Create(request.Output);
        if (request.Format == ReportFormat.Json)
        {
            await JsonReport.WriteAsync(output, database, outcomes, cancel);
            return;
        }

        await using var text = new StreamWriter(output);
        WriteText(request, text, database, outcomes);
    }

    private static void WriteText(ScanRequest request, TextWriter text, DatabaseSummary? database, ImmutableArray<ScanOutcome> outcomes)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text) });
        var isPiped = request.Output is not null || Console.IsOutputRedirected;
        var layout = ReportLayout.Of(console.Profile.Width, isPiped, request.All, Environment.GetEnvironmentVariable);
        if (isPiped)
        {
            console.Profile.Capabilities.Ansi = false;
        }

        // The report folds its lines itself, between words.
        console.Profile.Width = int.MaxValue;
        var writer = new ReportWriter(console, layout);
        if (request.OnlyViolations)
        {
            new VerdictReport(writer).Write(outcomes);
        }
        else
        {
            new TableReport(writer).Write(database, outcomes);
        }
    }

    /// <summary>A target that could not be read leaves no file behind that looks like an SBOM.</summary>
    private static void WriteSbom(ScanRequest request, SbomFormat format, ScanOutcome outcome)
    {
        if (outcome.Inventory is null)
        {
            throw new CommandLineException(ExitCode.Unreadable, TerminalText.Safe($"{outcome.Target}: {outcome.FailureReason}: {outcome.FailureMessage}"));
        }

        using var output = request.Output is null ? Console.OpenStandardOutput() : File.Create(request.Output);
        SbomReport.Write(output, format, outcome, request.Day);
    }
}
