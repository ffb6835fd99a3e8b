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
        Writes approved exceptions that have not expired as an OpenVEX document. VEX names vulnerabilities and products, but has neither rules nor version ranges.
        With --target, each exception becomes statements about the findings of that image. Without it, only exceptions that name vulnerabilities and exact
        package versions are written; the others are listed on standard error.

        Examples:
          ossruntime exceptions export exceptions/ > accepted.openvex.json
          ossruntime exceptions export --cluster --target registry.example/shop/web:1.4 --namespace shop --author security@example.com
        """;

    private const string ApproveDescription = """
        Approves an exception under your own name, with kubectl. You need the permission (verb) approve on it, and cannot approve what you requested yourself.

        Examples:
          ossruntime exceptions approve log4j-behind-the-filter -n shop
          ossruntime exceptions approve debian-tail --cluster-wide
        """;

    public static Command Create(TimeProvider time) => new("exceptions", "Approves exceptions, and exports them as VEX.") { CreateExport(time), CreateApprove() };

    private static Command CreateApprove()
    {
        var name = new Argument<string>("NAME") { Description = "The name of the exception." };
        var @namespace = new Option<string?>("--namespace", "-n") { Description = "The namespace of the exception. Default: the namespace of the kubeconfig." };
        var cluster = new Option<bool>("--cluster-wide") { Description = "The exception is a ClusterRiskException." };
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
        var files = new Argument<string[]>("FILE") { Description = "Files or folders with exceptions (YAML or JSON).", Arity = ArgumentArity.ZeroOrMore };
        var cluster = new Option<bool>("--cluster") { Description = "Read the exceptions from the cluster of the current kubectl context." };
        var targets = new Option<string[]>("--target") { Description = "An image, as for 'ossruntime scan'. May be given several times.", DefaultValueFactory = _ => [] };
        var author = new Option<string>("--author") { Description = "The author to name in the document.", DefaultValueFactory = _ => "OssRuntime" };
        var output = new Option<string?>("--output", "-o") { Description = "Write to this file instead of standard output." };
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
                            [new ReportOutput(ReportFormat.Json, null)],
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
            Console.Error.WriteLine(TerminalText.Safe($"ossruntime: exception {exception.Name} is not exported: {why}"));
        }

        return claims;
    }

    private static async Task<ImmutableArray<RiskException>> ReadAsync(string[] files, bool cluster, CancellationToken cancel)
    {
        if (files.Length == 0 && !cluster)
        {
            throw new CommandLineException(ExitCode.Usage, "no exceptions were given: name files or folders, or use --cluster");
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
