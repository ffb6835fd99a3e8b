using System.Collections.Immutable;
using System.CommandLine;
using OssRuntime.Cli.Exceptions;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Terminal;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Cli.Commands;

/// <summary><c>ossruntime exceptions</c>: approves exceptions, and tells others of them as VEX.</summary>
internal static class ExceptionsCommand
{
    private const string ExportDescription = """
        Writes exceptions that are approved and not expired as an OpenVEX document. VEX knows flaws and products, and neither rules nor ranges: with --target
        each exception becomes what it says of the findings of that image where it is to run; without one, only exceptions that name flaws and packages
        exactly can be said, and the others are named.

        Examples:
          ossruntime exceptions export exceptions/ > accepted.openvex.json
          ossruntime exceptions export --cluster --target registry.example/shop/web:1.4 --namespace shop --author security@example.com
        """;

    private const string ApproveDescription = """
        Approves an exception under your own name: you need the verb approve on it, and may not have requested it yourself. It is read and patched with kubectl.

        Examples:
          ossruntime exceptions approve log4j-behind-the-filter -n shop
          ossruntime exceptions approve debian-tail --cluster-wide
        """;

    public static Command Create(TimeProvider time) => new("exceptions", "Approves exceptions, and tells others of them.") { CreateExport(time), CreateApprove() };

    private static Command CreateApprove()
    {
        var name = new Argument<string>("NAME") { Description = "The exception's name." };
        var @namespace = new Option<string?>("--namespace", "-n") { Description = "Its namespace. Default: that of the kubeconfig." };
        var cluster = new Option<bool>("--cluster-wide") { Description = "It is a ClusterRiskException." };
        var command = new Command("approve", ApproveDescription) { name, @namespace, cluster };
        command.SetAction(async (parsed, cancel) =>
        {
            string[] place = parsed.GetValue(@namespace) is { } given ? ["--namespace", given] : [];
            var answer = await Kubectl.RunAsync(
                [
                    "patch",
                    parsed.GetValue(cluster) ? "clusterriskexceptions.ossruntime.io" : "riskexceptions.ossruntime.io",
                    parsed.GetValue(name)!,
                    .. place,
                    "--type=merge",
                    "--patch={\"spec\":{\"approved\":true}}",
                    "--output=jsonpath={.metadata.name} is approved by {.spec.approvedBy} until {.spec.expires}",
                ],
                cancel);
            await Console.Out.WriteLineAsync(TerminalText.Safe(answer.Trim()));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateExport(TimeProvider time)
    {
        var files = new Argument<string[]>("FILE") { Description = "Files and folders with exceptions (YAML or JSON).", Arity = ArgumentArity.ZeroOrMore };
        var cluster = new Option<bool>("--cluster") { Description = "Take the exceptions of the cluster that kubectl speaks to." };
        var targets = new Option<string[]>("--target") { Description = "An image, as for 'ossruntime scan'. May be given again.", DefaultValueFactory = _ => [] };
        var author = new Option<string>("--author") { Description = "Who says so.", DefaultValueFactory = _ => "OssRuntime" };
        var output = new Option<string?>("--output", "-o") { Description = "A file to write to instead of standard output." };
        var database = new Option<string?>("--db") { Description = $"The advisory database for targets. Default: {DatabaseLocation.Default}" };
        var platform = TargetOptions.Platform();
        var insecure = TargetOptions.InsecureRegistries();
        var command = new Command("export", ExportDescription) { files, cluster, targets, author, output, database, platform, insecure };
        var (sboms, policies, choices) = (new SbomOptions(), new PolicyOptions(), new MatchChoices());
        sboms.AddTo(command);
        choices.AddTo(command);
        policies.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var now = time.GetUtcNow();
            var exceptions = await ReadAsync(parsed.GetValue(files)!, parsed.GetValue(cluster), cancel);
            ImmutableArray<RiskException> inForce = [.. exceptions.Where(exception => exception.IsInForce(now))];
            ImmutableArray<VexClaim> claims = parsed.GetValue(targets) is { Length: > 0 } named
                ? [.. VexClaims.Of(
                    inForce,
                    await ScanCommand.ScanAsync(
                        new ScanRequest(
                            [.. named],
                            parsed.GetValue(database),
                            parsed.GetValue(platform)!,
                            ReportFormat.Json,
                            null,
                            InventoryOnly: false,
                            DateOnly.FromDateTime(now.UtcDateTime),
                            [.. parsed.GetValue(insecure)!],
                            [],
                            sboms.Read(parsed),
                            choices.Read(parsed),
                            policies.Read(parsed) with { AllPlaces = true }),
                        time,
                        cancel))]
                : [.. inForce.SelectMany(exception => Alone(exception).AsEnumerable())];
            await using var stream = parsed.GetValue(output) is { } path ? File.Create(path) : Console.OpenStandardOutput();
            OpenVexWriter.Write(stream, claims, parsed.GetValue(author)!, now);
            return ExitCode.Done;
        });
        return command;
    }

    private static ImmutableArray<VexClaim> Alone(RiskException exception)
    {
        var (claims, why) = VexClaims.Of(exception);
        if (why is not null)
        {
            Console.Error.WriteLine(TerminalText.Safe($"ossruntime: {exception.Name} is left out: {why}"));
        }

        return claims;
    }

    private static async Task<ImmutableArray<RiskException>> ReadAsync(string[] files, bool cluster, CancellationToken cancel)
    {
        if (files.Length == 0 && !cluster)
        {
            throw new CommandLineException(ExitCode.Usage, "name files with exceptions, or --cluster");
        }

        var read = PolicyFiles.Read(files).Exceptions;
        if (!cluster)
        {
            return read;
        }

        var listed = await Kubectl.RunAsync(["get", "riskexceptions.ossruntime.io,clusterriskexceptions.ossruntime.io", "--all-namespaces", "--output=json"], cancel);
        return [.. read, .. PolicyFiles.Read("the cluster", new StringReader(listed)).Exceptions];
    }
}
